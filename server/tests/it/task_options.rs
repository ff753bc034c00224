//! Options, hold and duplicate over HTTP.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::App;

#[tokio::test]
async fn options_are_replaced_completely() {
    let app = App::shell().await;
    app.create_shell("t", "true").await;
    let options = json!({"priority": 2, "timeout_s": 60, "retry": {"count": 1}, "capture": "file"});
    let reply = app.patch("/api/tasks/t/options", json!({ "options": options })).await;
    let set = reply.json()["task"]["options"].clone();
    assert_eq!((&set["priority"], &set["retry"]["delay_s"]), (&json!(2), &json!(0.0)), "{reply}");
    let stale = json!({"options": {}, "expected_options": {"priority": 9}});
    assert_snapshot!("options_changed_elsewhere", app.patch("/api/tasks/t/options", stale).await);
    let reply = app.patch("/api/tasks/t/options", json!({ "options": {} })).await;
    assert_eq!(reply.json()["task"]["options"], json!({}));
}

#[tokio::test]
async fn options_that_make_no_sense_are_named() {
    let app = App::shell().await;
    app.create_shell("t", "true").await;
    for (name, options) in [
        ("options_time", json!({"timeout_s": 0})),
        ("options_after", json!({"after": ["a/b"]})),
        ("options_self", json!({"after": ["t"]})),
        ("options_type", json!({"cpus": "many"})),
        ("options_capture", json!({"capture": "film"})),
    ] {
        let reply = app.patch("/api/tasks/t/options", json!({ "options": options })).await;
        assert_snapshot!(name, reply);
    }
    assert_eq!(app.get("/api/tasks/t").await.json()["options"], json!({}));
}

#[tokio::test]
async fn hold_toggles_and_sets_the_wait_reason() {
    let app = App::shell().await;
    app.create_shell("t", "true").await;
    let reply = app.send("POST", "/api/tasks/t/hold", "").await;
    assert_eq!(reply.json()["task"]["options"]["held"], true);
    let task = app.send("POST", "/api/tasks/t/run", "").await.json()["task"].clone();
    assert_eq!(task["wait_reason"], "on hold until it is released");
    app.post("/api/tasks/t/hold", json!({"held": false})).await;
    app.wait_status("t", &["completed"]).await;
}

#[tokio::test]
async fn a_copy_and_a_name_that_is_taken() {
    let app = App::script().await;
    app.create("first", "lr: 0.5").await;
    assert_snapshot!("duplicate", app.send("POST", "/api/tasks/first/duplicate", "").await);
    let taken = app.post("/api/tasks/first/duplicate", json!({"new_name": "first"})).await;
    assert_snapshot!("duplicate_taken", taken);
}
