//! Unknown routes of the API respond with JSON, not with a page.

use insta::assert_snapshot;

use crate::support::App;

#[tokio::test]
async fn an_unknown_route_is_404_json() {
    let app = App::new();
    for (method, path) in [
        ("GET", "/api"),
        ("GET", "/api/"),
        ("GET", "/api/nothing"),
        ("POST", "/api/tasks/a/b/c/d"),
        ("GET", "/api/tasks/"),
        ("GET", "/api/workspace/"),
        ("POST", "/sfn/nothing"),
    ] {
        let reply = app.send(method, path, "").await;
        assert_eq!(reply.status, 404, "{method} {path}: {reply}");
        assert_eq!(reply.header("content-type"), "application/json", "{method} {path}");
        assert!(reply.detail().is_string());
    }
    assert_snapshot!(app.get("/api/nothing").await);
}

#[tokio::test]
async fn a_wrong_method_is_405_json() {
    let app = App::new();
    for (method, path) in [
        ("POST", "/api/workspace"),
        ("GET", "/api/generator/preview"),
        ("DELETE", "/api/tasks/a"),
        ("PUT", "/api/tasks/a/notes"),
        ("POST", "/api/events"),
    ] {
        let reply = app.send(method, path, "").await;
        assert_eq!(reply.status, 405, "{method} {path}: {reply}");
        assert_eq!(reply.header("content-type"), "application/json", "{method} {path}");
        assert!(!reply.header("allow").is_empty());
    }
    assert_snapshot!(app.send("DELETE", "/api/tasks/a", "").await);
}

#[tokio::test]
async fn a_socket_without_an_upgrade_says_so() {
    assert_snapshot!(App::new().get("/api/events").await);
}
