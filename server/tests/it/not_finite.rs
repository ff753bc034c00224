//! NaN and infinite metrics in the responses of all routes.

use std::fs;

use serde_json::{Value, json};

use crate::support::App;

/// Three runs: one falls to 0.25, one is NaN from step 2 on, one ends in an infinity; and one without the metric.
async fn runs() -> App {
    let app = App::shell().await;
    for (name, values) in [
        ("good", ["0.5", "0.25", "0.375"]),
        ("diverged", ["0.0476", "\"NaN\"", "\"NaN\""]),
        ("blown", ["0.75", "2", "\"Infinity\""]),
    ] {
        let journal =
            app.path().join(format!("_pyruns_/_shell_/tasks/{name}/run_logs/run1.journal.jsonl"));
        let lines: String = (1..)
            .zip(values)
            .map(|(step, value)| {
                format!("{{\"t\":{step},\"step\":{step},\"track\":{{\"loss\":{value},\"lr\":{value}}}}}\n")
            })
            .collect();
        let lines_file = app.write(&format!("{name}.jsonl"), &lines);
        let script = format!("cat {} >> {}\n", lines_file.display(), journal.display());
        app.create_shell(name, &script).await;
        assert_eq!(app.run_to_end(name).await["status"], "completed");
    }
    app.create_shell("none", "true\n").await;
    app
}

async fn names(app: &App, filter: &str, sort: &str) -> Vec<String> {
    let body = json!({ "filter": filter, "sort": [sort], "columns": ["name"] });
    let page = app.post("/api/runs", body).await;
    assert_eq!(page.status, 200, "{filter}: {page}");
    let rows = page.json()["rows"].clone();
    rows.as_array().unwrap().iter().map(|row| row["task"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_last_value_is_nan_everywhere() {
    let app = runs().await;
    let columns = ["last", "min", "max", "mean", "count"]
        .map(|statistic| format!("metrics.loss.{statistic}"));
    let body = json!({ "filter": "name = diverged", "columns": columns });
    let page = app.post("/api/runs", body).await.json();
    assert_eq!(page["rows"][0]["cells"], json!(["NaN", 0.0476, 0.0476, 0.0476, 3]));
    let body = json!({ "runs": [{ "task": "diverged" }, { "task": "blown" }], "keys": ["loss"] });
    let series = app.post("/api/metrics/series", body).await.json()["series"].clone();
    let aggregate = &series[0]["aggregate"];
    assert_eq!((&aggregate["last"], &aggregate["nan_count"]), (&json!("NaN"), &json!(2)));
    assert_eq!((&aggregate["min"], &aggregate["count"]), (&json!(0.0476), &json!(3)));
    assert_eq!(series[0]["y"], json!([0.0476, "NaN", "NaN"]));
    let aggregate = &series[1]["aggregate"];
    assert_eq!((&aggregate["last"], &aggregate["inf_count"]), (&json!("Infinity"), &json!(1)));
    // The older route returns null for both.
    let metrics = app.get("/api/tasks/diverged/metrics").await.json();
    let loss = metrics["series"].as_array().unwrap().iter().find(|one| one["key"] == "loss");
    let loss = loss.unwrap();
    assert_eq!(
        (&loss["last"], &loss["nan_count"], &loss["min"]),
        (&Value::Null, &json!(2), &json!(0.0476))
    );
    // The task's file stores it.
    let path = app.path().join("_pyruns_/_shell_/tasks/diverged/task_info.json");
    let info: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(info["metrics"][0]["loss"]["last"], "NaN");
    assert_eq!(info["tracks"][0]["loss"], json!([0.0476, "NaN", "NaN"]));
}

#[tokio::test]
async fn filters_match_non_finite_values() {
    let app = runs().await;
    // A name without a statistic is the best value, which is a number; the last value shows that the metric diverged.
    for filter in ["loss is nan", "metrics.loss is nan", "metrics.loss.last is nan", "lr is nan"] {
        assert_eq!(names(&app, filter, "name").await, ["diverged"], "{filter}");
    }
    assert_eq!(names(&app, "loss is inf", "name").await, ["blown"]);
    assert_eq!(names(&app, "loss is finite", "name").await, ["good"]);
    assert_eq!(names(&app, "loss is not nan", "name").await, ["blown", "good", "none"]);
    assert_eq!(names(&app, "metrics.loss.min is nan", "name").await, [""; 0]);
    let wrong = app.post("/api/runs", json!({ "filter": "loss is big" })).await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.text().contains("missing, nan, inf or finite"), "{wrong}");
}

#[tokio::test]
async fn nan_comes_last_in_both_directions() {
    let app = runs().await;
    let up = names(&app, "", "metrics.loss.last").await;
    assert_eq!(up, ["good", "blown", "diverged", "none"]);
    let down = names(&app, "", "-metrics.loss.last").await;
    assert_eq!(down, ["blown", "good", "diverged", "none"]);
}

#[tokio::test]
async fn exports_say_it_too() {
    let app = runs().await;
    let query = "/api/runs/export?filter=name+%3D+diverged&columns=metrics.loss.last";
    let csv = app.get(&format!("{query}&format=csv")).await.text();
    assert_eq!(csv, "task,run,metrics.loss.last\r\ndiverged,1,NaN\r\n");
    let rows = app.get(&format!("{query}&format=json")).await.json();
    assert_eq!(rows[0]["metrics.loss.last"], "NaN");
}
