//! `/api/workspace…`, `/api/settings`, `/api/templates…` and `/api/dashboard`.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::App;

#[tokio::test]
async fn before_anything_is_open() {
    let app = App::new();
    assert_snapshot!(app.get("/api/workspace").await);
    assert_snapshot!("no_workspace_tasks", app.get("/api/tasks").await);
}

#[tokio::test]
async fn a_script_workspace_has_every_field() {
    assert_snapshot!(App::script().await.get("/api/workspace").await);
}

#[tokio::test]
async fn switching_to_the_shell_and_back() {
    let app = App::script().await;
    let shell = app.send("POST", "/api/workspace/shell", "").await.json();
    assert_eq!(shell["workspace_kind"], "shell");
    assert_eq!(shell["script_name"], "_shell_");
    assert_eq!(shell["script_path"], "");
    let root = app.path().join("_pyruns_/train");
    let back = app.post("/api/workspace/run-root", json!({ "path": root })).await.json();
    assert_eq!(back["script_name"], "train");
    assert_eq!(app.get("/api/workspace").await.json()["run_root"], json!(root));
}

#[tokio::test]
async fn a_folder_that_is_no_workspace_is_refused() {
    let app = App::script().await;
    let reply = app.post("/api/workspace/run-root", json!({ "path": app.path() })).await;
    assert_snapshot!(reply);
    assert_eq!(app.get("/api/workspace").await.json()["script_name"], "train");
}

#[tokio::test]
async fn settings_are_changed_key_by_key() {
    let app = App::script().await;
    let reply = app.patch("/api/settings", json!({ "manager_max_workers": 3, "mine": [1] })).await;
    assert_snapshot!(reply);
    let bad = app.patch("/api/settings", json!({ "manager_max_workers": "many" })).await;
    assert_snapshot!("settings_wrong_type", bad);
    let settings = app.get("/api/workspace").await.json()["settings"].clone();
    assert_eq!(settings["manager_max_workers"], 3);
}

#[tokio::test]
async fn templates_are_the_tasks_and_the_defaults() {
    let app = App::script().await;
    app.create("first", "lr: 0.5").await;
    assert_snapshot!(app.get("/api/templates").await);
    let content = app.get("/api/templates/content?value=tasks%2Ffirst%2Fconfig.yaml").await;
    assert_snapshot!("template_of_a_task", content);
    let value = app.path().join("_pyruns_/train/config_default.yaml");
    let content = app.get(&format!("/api/templates/content?value={}", value.display())).await;
    assert_snapshot!("template_of_the_script", content);
}

#[tokio::test]
async fn templates_are_only_read_inside_the_project() {
    let app = App::script().await;
    for value in ["/etc/passwd", "../../../etc/passwd", "tasks/none/config.yaml"] {
        let reply = app.get(&format!("/api/templates/content?value={value}")).await;
        assert_eq!(reply.status, 404, "{value}: {reply}");
        assert!(reply.detail().is_string());
    }
    assert_snapshot!(app.get("/api/templates/content").await);
}

#[tokio::test]
async fn the_dashboard_counts_and_shows_the_newest() {
    let app = App::script().await;
    app.create("grid", "lr: 0.1 | 0.2 | 0.3").await;
    let dashboard = app.get("/api/dashboard?recent_limit=2").await.json();
    assert_snapshot!(serde_json::to_string_pretty(&dashboard["summary"]).unwrap());
    assert_eq!(dashboard["recent_tasks"].as_array().map(Vec::len), Some(2));
    assert_eq!(dashboard["template_count"], 4);
    assert_eq!(dashboard["active_task"], json!(null));
    assert_eq!(dashboard["workspace"]["script_name"], "train");
}

#[tokio::test]
async fn two_clients_work_in_two_workspaces() {
    let app = App::script().await;
    app.create("same", "lr: 0.1").await;
    app.send("POST", "/api/workspace/shell", "").await;
    app.create_shell("same", "echo shell").await;
    for path in ["/api/tasks/same?workspace=train", "/api/tasks/same?workspace=%74rain"] {
        assert_eq!(app.get(path).await.json()["task_kind"], "python");
    }
    assert_eq!(app.get("/api/tasks/same").await.json()["task_kind"], "shell");
    let request = axum::http::Request::get("/api/tasks/same?workspace=_shell_")
        .header("host", crate::support::HOST)
        .header("x-pyruns-workspace", "t%72ain");
    let named = app.request(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(named.json()["task_kind"], "python", "the header comes before the query");
    assert_snapshot!(app.get("/api/tasks?workspace=missing").await);
}
