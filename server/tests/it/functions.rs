//! Server functions, which the pages call.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::support::{App, HOST, Reply};

/// Calls a function that takes its arguments as JSON.
async fn call(app: &App, function: &str, args: Value) -> Reply {
    send(app, function, "application/json", args.to_string()).await
}

/// Calls a function that takes its arguments as a form.
async fn call_form(app: &App, function: &str, args: &str) -> Reply {
    send(app, function, "application/x-www-form-urlencoded", args.to_owned()).await
}

async fn send(app: &App, function: &str, content_type: &str, body: String) -> Reply {
    let request = Request::post(format!("/sfn/{function}"))
        .header("host", HOST)
        .header("content-type", content_type)
        .header("accept", "application/json");
    app.request(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn a_batch_above_the_limit_is_refused_with_the_reason() {
    let app = App::script().await;
    let reply = app.patch("/api/settings", json!({"max_batch_tasks": 3})).await;
    assert_eq!(reply.status, 200, "{reply}");
    let batch = json!({
        "name_prefix": "t", "mode": "form", "yaml_text": "lr: 1:4", "append_timestamp": false,
    });
    let rest = app.post("/api/generator/create", batch.clone()).await;
    assert_eq!(rest.status, 400, "{rest}");
    let page =
        call(&app, "create_batch", json!({"ws": null, "request": batch, "run": false})).await;
    assert_eq!(page.status, 400, "{page}");
    assert_eq!(page.header("content-type"), "application/json");
    assert_eq!(page.json()["invalid"], rest.detail());
    assert!(page.text().contains("max_batch_tasks"), "{page}");
    assert_eq!(app.get("/api/tasks").await.json()["total"], 0);
}

#[tokio::test]
async fn errors_have_the_status_of_their_kind() {
    let app = App::script().await;
    app.create("t", "lr: 1").await;
    let missing = call_form(&app, "run_task", "name=none").await;
    let not_active = call_form(&app, "cancel_task", "name=t").await;
    let stale = json!({"ws": null, "name": "t", "notes": "b", "expected_notes": "a"});
    let stale = call(&app, "set_notes", stale).await;
    let unreadable = call(&app, "set_notes", json!({"ws": 1})).await;
    let statuses = [&missing, &not_active, &stale, &unreadable].map(|reply| reply.status.as_u16());
    assert_eq!(statuses, [404, 400, 409, 400], "{missing}\n{not_active}\n{stale}\n{unreadable}");
}

#[tokio::test]
async fn without_a_workspace_lists_are_empty() {
    let app = App::new();
    let calls = [
        ("list_page", json!({"ws": null, "query": {}, "page": 1})),
        ("list_tasks", json!({"ws": null, "query": {}})),
        ("list_runs", json!({"ws": null, "query": {}})),
        ("list_run_columns", json!({"ws": null, "query": {}})),
    ];
    for (function, args) in calls {
        let reply = call(&app, function, args).await;
        assert_eq!(reply.status, 200, "{function}: {reply}");
    }
    for function in ["list_views", "list_batches", "overview"] {
        let reply = call_form(&app, function, "").await;
        assert_eq!(reply.status, 200, "{function}: {reply}");
    }
    let named = call(&app, "list_tasks", json!({"ws": "none", "query": {}})).await;
    assert_eq!(named.status, 404, "{named}");
    let change = call_form(&app, "set_max_workers", "count=2").await;
    assert_eq!(change.status, 400, "{change}");
    for path in ["/", "/tasks", "/tasks?view=runs", "/monitor", "/generator", "/compare"] {
        let page = app.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.text().contains("class=\"note note--bad\""), "{path} shows an error");
    }
}

#[tokio::test]
async fn parameters_are_ranked_alike_over_rest_and_on_the_page() {
    let app = App::script().await;
    app.create("t", "lr: (1 | 2 | 3 | 4 | 5 | 6)\nepochs: (2 | 4 | 6 | 8 | 10 | 12)\n").await;
    let query = json!({"filter": "", "columns": ["name", "params.lr", "params.epochs"]});
    let ranking = json!({"query": query, "target": "params.epochs"});
    let rest = app.post("/api/runs/rank-parameters", ranking).await;
    assert_eq!(rest.status, 200, "{rest}");
    let table = rest.json();
    assert_eq!(table["run_count"], 6, "{table}");
    let names: Vec<&Value> =
        table["items"].as_array().unwrap().iter().map(|item| &item["name"]).collect();
    assert!(names.contains(&&json!("lr")), "{table}");
    assert!(table["items"].as_array().unwrap().iter().all(|item| item["correlation"] == 1.0));
    let args = json!({"ws": null, "query": query, "target": "params.epochs"});
    assert_eq!(call(&app, "rank_parameters", args).await.json(), table);

    let elsewhere = json!({"query": query, "target": "metrics.loss.last"});
    let empty = app.post("/api/runs/rank-parameters", elsewhere).await.json();
    assert_eq!(empty, json!({"items": [], "run_count": 0, "explained": null}));
    let unknown = json!({"query": {"filter": "lr <"}, "target": "params.epochs"});
    assert_eq!(app.post("/api/runs/rank-parameters", unknown).await.status, 400);
    let without = app.post("/api/runs/rank-parameters", json!({"query": query})).await;
    assert_eq!(without.status, 422, "{without}");
}
