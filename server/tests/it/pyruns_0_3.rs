//! A task of pyruns 0.3.17 whose curves it moved to `tracks.sqlite3`: 2,260 points of two keys in two runs.
//!
//! The fixture was written by that version: 1,100 and 30 calls of `track(loss=i % 7, acc=i % 10)` and
//! `track(loss=i % 5, acc=i % 3)`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::{App, wait_for};

/// A workspace with the task in it.
async fn workspace() -> (App, PathBuf) {
    let app = App::new();
    let root = app.path().join("_pyruns_/train");
    let dir = root.join("tasks/long");
    fs::create_dir_all(&dir).unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/pyruns_0_3/long");
    for file in ["config.yaml", "task_info.json", "tracks.sqlite3"] {
        fs::copy(fixture.join(file), dir.join(file)).unwrap();
    }
    fs::write(
        root.join("script_info.json"),
        r#"{"workspace_kind": "script", "script_name": "train"}"#,
    )
    .unwrap();
    let opened = app.post("/api/workspace/run-root", json!({ "path": root })).await;
    assert_eq!(opened.status, 200, "{opened}");
    (app, dir)
}

async fn cells(app: &App) -> Value {
    let query = json!({
        "runs": "all", "sort": ["run"],
        "columns": ["run", "metrics.loss.last", "metrics.loss.min", "metrics.loss.max", "metrics.acc.count"],
    });
    let page = app.post("/api/runs", query).await.json();
    page["rows"].as_array().unwrap().iter().map(|row| row["cells"].clone()).collect()
}

fn files(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[tokio::test]
async fn table_task_curves_and_exports_have_all_points() {
    let (app, dir) = workspace().await;
    let before = files(&dir);
    assert_eq!(cells(&app).await, json!([[1, 0, 0, 6, 1100], [2, 4, 0, 4, 30]]));

    let task = app.get("/api/tasks/long").await.json();
    assert_eq!(task["_load_error"], Value::Null);
    let tracks = &task["tracks"];
    assert_eq!(tracks[0]["loss"].as_array().unwrap().len(), 1100);
    assert_eq!(tracks[1]["acc"].as_array().unwrap()[..4], [0, 1, 2, 0].map(Value::from));

    let request = json!({
        "runs": [{ "task": "long", "run": 1 }, { "task": "long", "run": 2 }], "keys": ["acc"],
        "max_points": 2000,
    });
    let series = app.post("/api/metrics/series", request).await.json()["series"].clone();
    assert_eq!(series[0]["y"].as_array().unwrap().len(), 1100);
    let mean = series[0]["aggregate"]["mean"].as_f64().unwrap();
    assert!((mean - 4.5).abs() < 1e-9, "{mean}");
    assert_eq!((&series[1]["run"], &series[1]["aggregate"]["count"]), (&json!(2), &json!(30)));

    let csv = app.get("/api/tasks/long/export?run=1&format=csv").await.text();
    let mut lines = csv.lines();
    assert_eq!((lines.next(), lines.nth(9)), (Some("time,step,loss,acc"), Some(",9,2,9")));
    assert_eq!(csv.lines().count(), 1101);
    let calls = app.get("/api/tasks/long/export?run=2&format=json").await.json();
    assert_eq!(calls[29]["track"], json!({ "acc": 2.0, "loss": 4.0 }));
    let events = app.get("/api/tasks/long/export?run=2&format=tensorboard").await;
    assert!(events.bytes.len() > 30 * 40, "{}", events.bytes.len());
    let parquet = app.get("/api/runs/export?format=parquet").await;
    let has = |text: &str| parquet.bytes.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(has("metrics.loss.best") && has("metrics.acc.last"));

    assert_eq!(files(&dir), before, "nothing was written beside it");
}

#[tokio::test]
async fn curves_added_by_pyruns_are_read() {
    let (app, dir) = workspace().await;
    assert_eq!(cells(&app).await[1][1], 4);
    let script = "import sqlite3, sys, uuid\n\
        with sqlite3.connect(sys.argv[1]) as db:\n \
        generation = db.execute('SELECT generation FROM generations').fetchone()[0]\n \
        db.execute('INSERT INTO points(generation, operation, run_index, payload) VALUES (?, ?, 2, ?)', \
        (generation, uuid.uuid4().hex, '{\"loss\": 17}'))\n";
    let written = std::process::Command::new("python3")
        .args(["-c", script])
        .arg(dir.join("tracks.sqlite3"))
        .status()
        .unwrap();
    assert!(written.success());
    wait_for("the new point", async || (cells(&app).await[1][1] == 17).then_some(())).await;
    let body = json!({ "runs": [{ "task": "long", "run": 2 }], "keys": ["loss"] });
    let series = app.post("/api/metrics/series", body).await.json();
    assert_eq!(series["series"][0]["aggregate"]["count"], 31);
}

#[tokio::test]
async fn a_broken_database_is_a_warning_on_its_task() {
    let (app, dir) = workspace().await;
    let whole = fs::read(dir.join("tracks.sqlite3")).unwrap();
    fs::write(dir.join("tracks.sqlite3"), "no database").unwrap();
    let error = wait_for("the warning", async || {
        let task = app.get("/api/tasks/long").await.json();
        task["_load_error"].as_str().map(str::to_owned)
    })
    .await;
    assert!(error.contains("tracks.sqlite3") && error.contains("not a SQLite database"), "{error}");
    // Everything else works.
    assert_eq!(app.get("/api/tasks?limit=0").await.json()["total"], 1);
    assert_eq!(cells(&app).await.as_array().unwrap().len(), 2);
    let body = json!({ "runs": [{ "task": "long" }] });
    let series = app.post("/api/metrics/series", body).await;
    assert_eq!((series.status.as_u16(), series.json()["series"].clone()), (200, json!([])));
    assert_eq!(app.get("/api/tasks/long/metrics").await.status, 200);
    let pinned = app.post("/api/tasks/long/pin", json!({ "pinned": true })).await;
    assert_eq!(pinned.status, 200, "{pinned}");
    fs::write(dir.join("tracks.sqlite3"), whole).unwrap();
    wait_for("the curves", async || {
        let task = app.get("/api/tasks/long").await.json();
        (task["_load_error"].is_null() && !task["tracks"][0]["loss"].is_null()).then_some(())
    })
    .await;
}
