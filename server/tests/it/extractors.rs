//! Extractors: valid and invalid bodies and queries.

use axum::body::Body;
use axum::http::Request;
use insta::assert_snapshot;
use serde_json::json;

use crate::support::{App, HOST};

const PREVIEW: &str = "/api/generator/preview";

#[tokio::test]
async fn the_content_type_does_not_matter() {
    let app = App::script().await;
    for content_type in ["application/json", "text/plain", "application/x-www-form-urlencoded"] {
        let request =
            Request::post(PREVIEW).header("host", HOST).header("content-type", content_type);
        let body = Body::from(r#"{"yaml_text": "lr: 1"}"#);
        assert_eq!(app.request(request.body(body).unwrap()).await.status, 200, "{content_type}");
    }
}

#[tokio::test]
async fn unknown_fields_are_ignored() {
    let app = App::script().await;
    let body = json!({ "yaml_text": "lr: 1", "colour": "blue" });
    assert_eq!(app.post(PREVIEW, body).await.status, 200);
    assert_eq!(app.get("/api/tasks?colour=blue").await.status, 200);
}

#[tokio::test]
async fn bad_json_is_422() {
    let app = App::script().await;
    assert_snapshot!("no_json", app.send("POST", PREVIEW, "{\"yaml_text\": ").await);
    assert_snapshot!("no_body", app.send("POST", PREVIEW, "").await);
    assert_eq!(app.send("POST", PREVIEW, "{\"yaml_text\": \"\\ud800\"}").await.status, 422);
    assert_eq!(app.send("POST", PREVIEW, &"[".repeat(100_000)).await.status, 422);
    let nested = json!({ "task_names": ["a", 5] });
    assert_snapshot!("wrong_item", app.post("/api/tasks/batch/delete", nested).await);
}

#[tokio::test]
async fn a_body_above_the_limit_is_413() {
    let app = App::script().await;
    let body = format!("{{\"yaml_text\": \"{}\"}}", "x".repeat(5 << 20));
    assert_snapshot!(app.send("POST", PREVIEW, &body).await);
    let stream = Body::from_stream(futures_util::stream::repeat_with(|| {
        Ok::<_, std::io::Error>(vec![b'x'; 1 << 20])
    }));
    let endless = Request::post(PREVIEW).header("host", HOST).body(stream).unwrap();
    assert_eq!(app.request(endless).await.status, 413);
}

#[tokio::test]
async fn bad_query_values_are_422() {
    let app = App::script().await;
    assert_snapshot!("query_limit", app.get("/api/tasks?limit=ten").await);
    assert_snapshot!("query_compact", app.get("/api/tasks?compact=perhaps").await);
    assert_eq!(app.get("/api/tasks?limit=&offset=&status=").await.status, 200);
}
