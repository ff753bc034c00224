//! `GET /api/tasks` and `GET /api/tasks/{name}`.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{App, Reply};

fn names(reply: &Reply) -> Vec<String> {
    let page = reply.json();
    let items = page["items"].as_array().unwrap().iter();
    items.map(|task| task["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_task_has_every_field() {
    let app = App::script().await;
    app.create("one", "lr: 0.5\nnested:\n  depth: 3").await;
    assert_snapshot!(app.get("/api/tasks/one").await);
    assert_snapshot!("a_page_of_one", app.get("/api/tasks?compact=true").await);
}

#[tokio::test]
async fn pages_and_limits() {
    let app = App::script().await;
    app.create("t", "lr: 1:7").await;
    let page = app.get("/api/tasks?offset=2&limit=3").await.json();
    assert_eq!(page["total"], 7);
    assert_eq!(
        (&page["offset"], &page["limit"], &page["has_more"]),
        (&json!(2), &json!(3), &json!(true))
    );
    for all in ["/api/tasks?limit=0", "/api/tasks?limit=-1", "/api/tasks?limit=50"] {
        let page = app.get(all).await.json();
        assert_eq!(page["items"].as_array().map(Vec::len), Some(7), "{all}");
        assert_eq!(page["has_more"], false);
    }
    assert_snapshot!("page_too_large", app.get("/api/tasks?limit=100001").await);
    let past = app.get("/api/tasks?offset=100").await.json();
    assert_eq!(past["items"], json!([]));
}

#[tokio::test]
async fn a_query_needs_every_line_and_a_status_any_case() {
    let app = App::script().await;
    app.create("alpha", "lr: 0.1\ntag: red").await;
    app.create("beta", "lr: 0.2\ntag: red").await;
    app.create("gamma", "lr: 0.1\ntag: blue").await;
    assert_eq!(names(&app.get("/api/tasks?query=lr%3A%200.1%0ATAG%3A%20red").await), ["alpha"]);
    assert_eq!(names(&app.get("/api/tasks?query=%0A%20beta%20%0A").await), ["beta"]);
    assert_eq!(names(&app.get("/api/tasks?status=PENDING&limit=0").await).len(), 3);
    assert_eq!(names(&app.get("/api/tasks?status=Completed").await).len(), 0);
    let counts = app.get("/api/tasks?status=running").await.json()["status_counts"].clone();
    assert_eq!(counts["pending"], 3);
}

#[tokio::test]
async fn sorting_by_a_parameter() {
    let app = App::script().await;
    app.create("s", "lr: 3 | 1 | 2").await;
    assert_eq!(
        names(&app.get("/api/tasks?sort=config.lr").await),
        ["s_2-of-3", "s_3-of-3", "s_1-of-3"]
    );
    assert_eq!(
        names(&app.get("/api/tasks?sort=-config.lr").await),
        ["s_1-of-3", "s_3-of-3", "s_2-of-3"]
    );
}

#[tokio::test]
async fn a_task_that_is_not_there() {
    let app = App::script().await;
    for (method, path, body) in [
        ("GET", "/api/tasks/x", Value::Null),
        ("POST", "/api/tasks/x/run", Value::Null),
        ("POST", "/api/tasks/x/cancel", Value::Null),
        ("POST", "/api/tasks/x/pin", json!({})),
        ("PATCH", "/api/tasks/x/notes", json!({ "notes": "" })),
        ("PATCH", "/api/tasks/x/env", json!({ "env": {} })),
        ("POST", "/api/tasks/x/rename", json!({ "new_name": "y" })),
        ("GET", "/api/tasks/x/logs", Value::Null),
        ("GET", "/api/tasks/x/metrics", Value::Null),
    ] {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let reply = app.send(method, path, &body).await;
        assert_eq!(reply.status, 404, "{method} {path}");
        assert_eq!(reply.detail(), "Task 'x' not found", "{method} {path}");
    }
}

#[tokio::test]
async fn any_unicode_name_works_end_to_end() {
    let app = App::shell().await;
    let name = "训练 1 🚀 ü+%&#?".replace('?', "");
    app.create_shell(&name, "echo done").await;
    let encoded: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    assert_eq!(app.get(&format!("/api/tasks/{encoded}")).await.json()["name"], json!(name));
    let task = app.run_to_end(&encoded).await;
    assert_eq!(task["status"], "completed", "{task}");
    let log = app.get(&format!("/api/tasks/{encoded}/logs")).await.json();
    assert!(log["content"].as_str().unwrap().contains("done"));
}

#[tokio::test]
async fn names_that_lead_out_of_the_workspace_are_not_found() {
    let app = App::script().await;
    for path in ["%2e%2e", "..%2F..%2Ftrain", "a%2Fb", "%ff", "%00"] {
        let reply = app.get(&format!("/api/tasks/{path}")).await;
        assert_eq!(reply.status, 404, "{path}: {reply}");
    }
}

#[tokio::test]
async fn tasks_may_have_the_names_of_batch_routes() {
    let app = App::shell().await;
    for name in ["batch", "export", "reorder"] {
        app.create_shell(name, "echo hello").await;
        assert_eq!(app.get(&format!("/api/tasks/{name}")).await.json()["name"], name);
        let noted = app.patch(&format!("/api/tasks/{name}/notes"), json!({ "notes": "n" })).await;
        assert_eq!(noted.json()["task"]["notes"], "n");
        assert_eq!(app.run_to_end(name).await["status"], "completed");
        let log = app.get(&format!("/api/tasks/{name}/logs")).await.json();
        assert_eq!(log["selected_log"], "run1.log");
    }
}

#[tokio::test]
async fn a_cached_page_shows_every_change() {
    let app = App::script().await;
    app.create("t", "lr: 1:3").await;
    let page = "/api/tasks?limit=3";
    for number in 0..5 {
        assert_eq!(app.get(page).await.bytes, app.get(page).await.bytes);
        let notes = json!({ "notes": format!("note {number}") });
        app.patch("/api/tasks/t_2-of-3/notes", notes.clone()).await;
        let items = app.get(page).await.json()["items"].clone();
        let changed = items.as_array().unwrap().iter().find(|task| task["name"] == "t_2-of-3");
        assert_eq!(changed.unwrap()["notes"], notes["notes"]);
    }
    app.send("POST", "/api/workspace/shell", "").await;
    assert_eq!(app.get(page).await.json()["total"], 0, "the page of another workspace");
    assert_eq!(app.get("/api/tasks?limit=3&workspace=train").await.json()["total"], 3);
}
