//! Commands on several tasks: batch run and delete, CSV export, reorder.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::App;

#[tokio::test]
async fn a_batch_runs_all_or_nothing() {
    let app = App::shell().await;
    for name in ["a", "b"] {
        app.create_shell(name, "echo ok").await;
    }
    let unknown = json!({ "task_names": ["a", "ghost"] });
    assert_snapshot!("batch_run_unknown_name", app.post("/api/tasks/batch/run", unknown).await);
    assert_eq!(app.get("/api/tasks/a").await.json()["status"], "pending");
    let body = json!({ "task_names": ["a", "b"], "max_workers": 2 });
    let reply = app.post("/api/tasks/batch/run", body).await.json();
    assert_eq!(reply["count"], 2);
    assert_eq!(reply["items"][1]["name"], "b");
    for name in ["a", "b"] {
        app.wait_status(name, &["completed"]).await;
    }
}

#[tokio::test]
async fn the_batch_route_and_the_task_called_batch() {
    let app = App::shell().await;
    assert_snapshot!("batch_run_without_body", app.send("POST", "/api/tasks/batch/run", "").await);
    assert_snapshot!("batch_run_empty_object", app.post("/api/tasks/batch/run", json!({})).await);
    app.create_shell("batch", "echo ok").await;
    let reply = app.send("POST", "/api/tasks/batch/run", "").await.json();
    assert_eq!(reply["task"]["name"], "batch");
    app.wait_status("batch", &["completed"]).await;
}

#[tokio::test]
async fn a_deleted_task_is_in_the_trash() {
    let app = App::shell().await;
    app.create_shell("gone", "true").await;
    app.create_shell("active", "sleep 600").await;
    app.run("active").await;
    app.wait_status("active", &["running"]).await;
    let unknown = json!({ "task_names": ["gone", "ghost"] });
    assert_eq!(app.post("/api/tasks/batch/delete", unknown).await.status, 404);
    assert_eq!(app.get("/api/tasks/gone").await.status, 200);
    let body = json!({ "task_names": ["gone", "active"] });
    assert_snapshot!(app.post("/api/tasks/batch/delete", body).await);
    assert_eq!(app.get("/api/tasks/gone").await.status, 404);
    let trash = app.path().join("_pyruns_/_shell_/tasks/.trash");
    assert!(trash.join("gone/config.sh").is_file() && trash.join("active").is_dir());
}

#[tokio::test]
async fn csv_has_a_row_per_run() {
    let app = App::shell().await;
    app.create_shell("with, comma", "true").await;
    app.create_shell("never", "true").await;
    app.run_to_end("with%2C%20comma").await;
    app.run_to_end("with%2C%20comma").await;
    let body = json!({ "task_names": ["with, comma", "never"] });
    let reply = app.post("/api/tasks/export/csv", body).await;
    assert_eq!(reply.header("content-type"), "text/csv; charset=utf-8");
    let text = reply.text();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("name,status,run,start_time,finish_time,pid"), "{text}");
    assert!(lines[1].starts_with("\"with, comma\",completed,1,"), "{text}");
    assert!(lines[2].starts_with("\"with, comma\",completed,2,"), "{text}");
    let unknown = app.post("/api/tasks/export/csv", json!({ "task_names": ["ghost"] })).await;
    assert_eq!((unknown.status.as_u16(), unknown.detail()), (404, json!("Task 'ghost' not found")));
}

#[tokio::test]
async fn reordering_is_the_order_of_the_list() {
    let app = App::script().await;
    for name in ["a", "b", "c"] {
        app.create(name, "lr: 1").await;
    }
    let body =
        json!({ "items": [{ "name": "b" }, { "name": "c" }, { "name": "a", "pinned": true }] });
    let reply = app.post("/api/tasks/reorder", body).await.json();
    assert_eq!(reply["count"], 3);
    let page = app.get("/api/tasks").await.json();
    let names: Vec<&Value> = page["items"].as_array().unwrap().iter().map(|t| &t["name"]).collect();
    assert_eq!(names, ["a", "b", "c"]);
    let unknown = app.post("/api/tasks/reorder", json!({ "items": [{ "name": "ghost" }] })).await;
    assert_eq!(unknown.detail(), "Task 'ghost' not found");
    let wrong = app.post("/api/tasks/reorder", json!({ "items": [{ "name": "a" }, {}] })).await;
    assert_snapshot!(wrong);
}
