//! Commands on single tasks: run, cancel, pin, notes, env, rename.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::App;

#[tokio::test]
async fn running_returns_immediately_and_twice_is_one_run() {
    let app = App::shell().await;
    app.create_shell("t", "while [ ! -e go ]; do sleep 0.01; done").await;
    let reply = app.send("POST", "/api/tasks/t/run", "").await;
    assert_eq!(reply.json()["ok"], true);
    let status = reply.json()["task"]["status"].clone();
    assert!(status == "queued" || status == "running", "{status}");
    app.wait_status("t", &["running"]).await;
    let again = app.send("POST", "/api/tasks/t/run", "{}").await;
    assert_eq!(again.status, 200);
    app.write("go", "");
    let done = app.wait_status("t", &["completed"]).await;
    assert_eq!(done["run_index"], 1, "{done}");
}

#[tokio::test]
async fn a_task_that_ran_has_every_field() {
    let app = App::shell().await;
    app.create_shell("t", "exit 3").await;
    app.run_to_end("t").await;
    assert_snapshot!(app.get("/api/tasks/t").await);
}

#[tokio::test]
async fn cancelling() {
    let app = App::shell().await;
    app.create_shell("t", "sleep 600").await;
    let idle = app.send("POST", "/api/tasks/t/cancel", "").await;
    assert_snapshot!("cancel_an_idle_task", idle);
    app.run("t").await;
    app.wait_status("t", &["running"]).await;
    let reply = app.send("POST", "/api/tasks/t/cancel", "").await;
    assert_eq!((reply.status.as_u16(), &reply.json()["ok"]), (200, &json!(true)));
    app.wait_status("t", &["cancelled"]).await;
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused_even_where_none_is_needed() {
    let app = App::shell().await;
    app.create_shell("t", "true").await;
    assert_snapshot!(app.send("POST", "/api/tasks/t/run", "{").await);
}

#[tokio::test]
async fn pinning_and_toggling() {
    let app = App::script().await;
    app.create("t", "lr: 1").await;
    let pinned = async |body: &str| {
        app.send("POST", "/api/tasks/t/pin", body).await.json()["task"]["pinned"].clone()
    };
    assert_eq!(pinned(r#"{"pinned": true}"#).await, true);
    assert_eq!(pinned(r#"{"pinned": true}"#).await, true);
    assert_eq!(pinned(r#"{"pinned": null}"#).await, false);
    assert_eq!(pinned("").await, true);
    let wrong = app.post("/api/tasks/t/pin", json!({ "pinned": "yes" })).await;
    assert_snapshot!(wrong);
}

#[tokio::test]
async fn notes_are_not_overwritten_when_stale() {
    let app = App::script().await;
    app.create("t", "lr: 1").await;
    let path = "/api/tasks/t/notes";
    let first = app.patch(path, json!({ "notes": "one", "expected_notes": "" })).await;
    assert_eq!(first.json()["task"]["notes"], "one");
    let stale = app.patch(path, json!({ "notes": "two", "expected_notes": "" })).await;
    assert_snapshot!("stale_notes", stale);
    assert_eq!(app.get("/api/tasks/t").await.json()["notes"], "one");
    assert_snapshot!("notes_missing", app.patch(path, json!({})).await);
    assert_snapshot!("notes_empty_body", app.send("PATCH", path, "").await);
}

#[tokio::test]
async fn env_replaces_and_is_not_overwritten_when_stale() {
    let app = App::script().await;
    app.create("t", "lr: 1").await;
    let path = "/api/tasks/t/env";
    app.patch(path, json!({ "env": { "A": "1", "B": "2" } })).await;
    let second = app.patch(path, json!({ "env": { "C": "3" } })).await;
    assert_eq!(second.json()["task"]["env"], json!({ "C": "3" }));
    let stale = json!({ "env": {}, "expected_env": { "A": "1" } });
    assert_snapshot!("stale_env", app.patch(path, stale).await);
    let wrong = json!({ "env": { "A": [1] } });
    assert_snapshot!("env_wrong_type", app.patch(path, wrong).await);
}

#[tokio::test]
async fn renaming() {
    let app = App::shell().await;
    app.create_shell("a", "while [ ! -e go ]; do sleep 0.01; done").await;
    app.create_shell("b", "true").await;
    let taken = app.post("/api/tasks/a/rename", json!({ "new_name": "b" })).await;
    assert_snapshot!("rename_to_a_taken_name", taken);
    let renamed = app.post("/api/tasks/a/rename", json!({ "new_name": "c ü" })).await;
    assert_eq!(renamed.json()["task"]["name"], "c ü", "{renamed}");
    assert_eq!(app.get("/api/tasks/a").await.status, 404);
    app.run("c%20%C3%BC").await;
    app.wait_status("c%20%C3%BC", &["running"]).await;
    let active = app.post("/api/tasks/c%20%C3%BC/rename", json!({ "new_name": "d" })).await;
    assert_snapshot!("rename_an_active_task", active);
    app.write("go", "");
    app.wait_status("c%20%C3%BC", &["completed"]).await;
}
