//! TensorBoard event files that scripts write in their task folders.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::{App, Served, wait_for};

/// The event file of a finished run with `loss` 1, 0.5, 0.25 at steps 0, 10, 20.
async fn event_file(app: &App) -> PathBuf {
    let journal = app.path().join("_pyruns_/_shell_/tasks/source/run_logs/run1.journal.jsonl");
    let line = |n: u32, loss: f64| {
        format!("{{\"t\":{n}.5,\"step\":{},\"track\":{{\"loss\":{loss}}}}}", n * 10)
    };
    let lines = [line(0, 1.0), line(1, 0.5), line(2, 0.25)].join("\n");
    let script = format!("cat >> {} <<'END'\n{lines}\nEND\n", journal.display());
    app.create_shell("source", &script).await;
    app.run_to_end("source").await;
    let events = app.get("/api/tasks/source/export?format=tensorboard").await;
    let path = app.path().join("events.bin");
    fs::write(&path, &events.bytes).unwrap();
    path
}

async fn cells(app: &App, columns: &str) -> Value {
    let page = app.get(&format!("/api/runs?filter=name+%3D+t&runs=all&columns={columns}")).await;
    page.json()["rows"].as_array().unwrap().iter().map(|row| row["cells"].clone()).collect()
}

async fn steps(app: &App, run: u32, key: &str) -> Value {
    let body = json!({ "runs": [{ "task": "t", "run": run }], "keys": [key] });
    app.post("/api/metrics/series", body).await.json()["series"][0]["x"].clone()
}

#[tokio::test]
async fn event_files_of_a_script_are_in_the_table_and_the_charts() {
    let app = App::shell().await;
    let events = event_file(&app).await;
    let events = events.display();
    // The first run writes to its own folder, the second one elsewhere in the task's folder.
    let script = format!(
        "cd _pyruns_/_shell_/tasks/t\n\
         echo '{{\"t\":1.0,\"track\":{{\"acc\":0.75}}}}' >> run_logs/run$PYRUNS_RUN_INDEX.journal.jsonl\n\
         case $PYRUNS_RUN_INDEX in\n\
         1) mkdir -p artifacts/run1/tb; cp {events} artifacts/run1/tb/events.out.tfevents.1.h ;;\n\
         2) mkdir runs; cp {events} runs/events.out.tfevents.$(date +%s).h ;;\n\
         esac\n"
    );
    app.create_shell("t", &script).await;
    app.run_to_end("t").await;
    app.run_to_end("t").await;
    let both = json!([[2, 0.25, 1, 0.75], [1, 0.25, 1, 0.75]]);
    let columns = "run,metrics.loss.last,metrics.loss.max,acc";
    wait_for("the statistics of both runs", async || {
        (cells(&app, columns).await == both).then_some(())
    })
    .await;
    for run in [1, 2] {
        assert_eq!(steps(&app, run, "loss").await, json!([0.0, 10.0, 20.0]), "run {run}");
    }
    let filtered = app.get("/api/runs?filter=loss+%3C+0.3+and+acc+%3E+0.5").await.json();
    assert_eq!(filtered["total"], 1);
    let names = app.get("/api/runs/columns").await.json();
    let names: Vec<&Value> =
        names["items"].as_array().unwrap().iter().map(|it| &it["name"]).collect();
    assert!(names.contains(&&json!("metrics.loss.best")), "{names:?}");

    // A read-only engine, as in the command line, waits for all files.
    let workspace = engine::WorkspaceSelector::parse("_shell_").unwrap();
    let query = common::runs::RunsQuery {
        filter: "name = t".to_owned(),
        columns: vec!["loss".to_owned()],
        ..Default::default()
    };
    let page = app.reader().runs(&workspace, &query).unwrap();
    assert_eq!(page.rows[0].cells[0].as_number(), Some(0.25));
}

#[tokio::test]
async fn event_files_that_grow_or_go_are_followed() {
    let app = App::shell().await;
    let served = Served::start(&app.engine).await;
    let events = event_file(&app).await;
    let bytes = fs::read(&events).unwrap();
    // The last record is incomplete.
    fs::write(&events, &bytes[..bytes.len() - 10]).unwrap();
    let stop = app.path().join("stop");
    let script = format!(
        "mkdir -p _pyruns_/_shell_/tasks/t/artifacts/run1\n\
         cp {} _pyruns_/_shell_/tasks/t/artifacts/run1/events.out.tfevents.1.h\n\
         while [ ! -e {} ]; do sleep 0.02; done\n",
        events.display(),
        stop.display()
    );
    app.create_shell("t", &script).await;
    let mut socket = served.socket("/api/events").await;
    app.run("t").await;
    // Changes are published without a request of the table.
    let next_event = async |socket: &mut crate::support::Socket| loop {
        let event = socket.until("metrics_changed").await.pop().unwrap();
        if event["delta"].is_null() {
            return event;
        }
    };
    let event = next_event(&mut socket).await;
    assert_eq!((&event["name"], &event["run_index"]), (&json!("t"), &json!(1)));
    assert_eq!(steps(&app, 1, "loss").await, json!([0.0, 10.0]));
    assert_eq!(cells(&app, "metrics.loss.last").await, json!([[0.5]]));

    let file = app.path().join("_pyruns_/_shell_/tasks/t/artifacts/run1/events.out.tfevents.1.h");
    let mut writer = fs::OpenOptions::new().append(true).open(&file).unwrap();
    writer.write_all(&bytes[bytes.len() - 10..]).unwrap();
    next_event(&mut socket).await;
    assert_eq!(steps(&app, 1, "loss").await, json!([0.0, 10.0, 20.0]));
    assert_eq!(cells(&app, "metrics.loss.last").await, json!([[0.25]]));

    fs::write(&stop, "").unwrap();
    app.wait_status("t", &["completed"]).await;
    assert_eq!(cells(&app, "metrics.loss.last").await, json!([[0.25]]));
    fs::remove_file(&file).unwrap();
    wait_for("the statistics to be removed with their file", async || {
        (cells(&app, "metrics.loss.last").await == json!([[null]])).then_some(())
    })
    .await;
    assert_eq!(steps(&app, 1, "loss").await, Value::Null);
    socket.close().await;
    served.stop().await;
}

#[tokio::test]
async fn tracked_metrics_take_precedence_over_event_files() {
    let app = App::shell().await;
    let events = event_file(&app).await;
    let script = format!(
        "cd _pyruns_/_shell_/tasks/t; mkdir -p artifacts/run1\n\
         cp {} artifacts/run1/events.out.tfevents.1.h\n\
         echo '{{\"t\":1.0,\"step\":3,\"track\":{{\"loss\":7}}}}' >> run_logs/run1.journal.jsonl\n",
        events.display()
    );
    app.create_shell("t", &script).await;
    app.run_to_end("t").await;
    // After the second scan, the file has been read.
    for _ in 0..2 {
        assert_eq!(cells(&app, "metrics.loss.last,metrics.loss.count").await, json!([[7, 1]]));
        assert_eq!(steps(&app, 1, "loss").await, json!([3.0]));
    }
}
