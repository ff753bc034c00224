//! Batches and provenance over HTTP.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::App;

#[tokio::test]
async fn a_batch_is_listed_and_what_is_missing_runs_again() {
    let app = App::script().await;
    app.create("sweep", "lr: 0.1 | 0.2\n").await;
    app.post("/api/tasks/batch/delete", json!({"task_names": ["sweep_2-of-2"]})).await;
    let listed = app.get("/api/batches").await;
    assert_snapshot!("batches", listed);
    let rerun = app.post("/api/batches/sweep_of-2/rerun", json!({"failed": false})).await;
    assert_snapshot!("batch_rerun", rerun);
    app.wait_status("sweep_2-of-2", &["completed"]).await;
    assert_snapshot!("batch_unknown", app.post("/api/batches/none/rerun", json!({})).await);

    let note = app.get("/api/tasks/sweep_2-of-2/provenance").await.json();
    assert_eq!(note["config"]["path"], "config.yaml", "{note}");
    assert!(note["python"]["version"].is_string(), "{note}");
    assert_snapshot!("provenance_none", app.get("/api/tasks/sweep_1-of-2/provenance").await);
    let restore = "/api/tasks/sweep_2-of-2/restore-inputs";
    let restored = app.post(restore, json!({"to": "again"})).await.json();
    assert!(app.path().join("again/train.py").is_file(), "{restored}");
    assert_snapshot!("restore_nowhere", app.post(restore, json!({"to": " "})).await);
}
