//! Pages: rendering, compression, and a Content-Security-Policy with a nonce.

use axum::body::Body;
use axum::http::Request;

use crate::support::{App, HOST};

#[tokio::test]
async fn pages_are_html_whose_scripts_carry_the_nonce_of_the_policy() {
    let app = App::script().await;
    for path in ["/", "/tasks", "/generator", "/monitor", "/launcher"] {
        let reply = app.get(path).await;
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
        let policy = reply.header("content-security-policy");
        let nonce =
            policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
        let html = reply.text();
        for tag in html.split("<script").skip(1) {
            let tag = tag.split('>').next().unwrap();
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{path}: <script{tag}>");
        }
        assert!(!policy.contains("script-src 'self' 'unsafe-inline'"));
    }
    let (first, second) = (app.get("/").await, app.get("/").await);
    assert_ne!(first.header("content-security-policy"), second.header("content-security-policy"));
}

#[tokio::test]
async fn a_page_that_is_not_there_is_a_404_page() {
    let app = App::script().await;
    let reply = app.get("/no/such/page").await;
    assert_eq!(reply.status, 404);
    assert!(reply.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn pages_and_json_are_compressed_if_accepted() {
    let app = App::script().await;
    for path in ["/", "/api/workspace"] {
        let request = Request::get(path).header("host", HOST).header("accept-encoding", "gzip, br");
        let reply = app.request(request.body(Body::empty()).unwrap()).await;
        assert_eq!(reply.header("content-encoding"), "gzip", "{path}");
        assert!(app.get(path).await.header("content-encoding").is_empty());
    }
}
