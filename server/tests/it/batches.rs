//! Batches and provenance over HTTP.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use serde_json::json;

use crate::support::App;

#[tokio::test]
async fn a_batch_is_listed_and_missing_tasks_run_again() {
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

#[tokio::test]
async fn a_batch_takes_no_value_of_another_type_than_its_template() {
    let app = App::script().await;
    let body = json!({
        "name_prefix": "sweep", "yaml_text": "lr: 0.1 | 0.2\nepochs: 2\n", "append_timestamp": false,
        "template_value": "config_default.yaml",
    });
    let reply = app.post("/api/generator/create", body).await;
    assert_eq!(reply.status, 200, "{reply}");
    let folder = app.path().join("_pyruns_/train");
    let before = files(&folder);
    for (key, values, reason) in [
        ("lr", "0.3 | fast", "Parameter 'lr' must be float as in the template, but fast is str."),
        (
            "epochs",
            "3 | 4.5",
            "Parameter 'epochs' must be int as in the template, but 4.5 is float.",
        ),
        ("epochs", "true", "Parameter 'epochs' must be int as in the template, but true is bool."),
        ("lr", "[1.0]", "Parameter 'lr' must be float as in the template, but [1.0] is list."),
    ] {
        for preview in [true, false] {
            let body = json!({ "key": key, "values": values, "preview": preview });
            let reply = app.post("/api/batches/sweep_of-2/extend", body).await;
            assert_eq!(reply.status, 400, "{key} {values}: {reply}");
            assert!(reply.text().contains(reason), "{key} {values}: {reply}");
            assert_eq!(files(&folder), before, "{key} {values} left something");
        }
    }
    assert_eq!(app.get("/api/tasks").await.json()["total"], 2);
    // An integer is accepted for a float.
    let body = json!({ "key": "lr", "values": "1" });
    let reply = app.post("/api/batches/sweep_of-2/extend", body).await;
    assert_eq!((reply.status.as_u16(), reply.json()["count"].as_u64()), (200, Some(1)), "{reply}");
    assert_ne!(files(&folder), before);
}

/// Every file of a workspace with its content.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for item in fs::read_dir(folder).unwrap().flatten() {
        match item.file_type().unwrap().is_dir() {
            true => all.extend(files(&item.path())),
            false => drop(all.insert(item.path(), fs::read(item.path()).unwrap())),
        }
    }
    all
}
