//! Searches in one log and in many logs.

use std::fs;
use std::path::Path;

use axum::body::Body;
use axum::http::Request;
use axum::http::header::HOST as HOST_HEADER;
use serde_json::json;
use server::Peer;
use tower::ServiceExt;

use crate::log_lines::{app_with_log, found, log_of};
use crate::support::{App, HOST, wait_for};

#[tokio::test]
async fn searches_find_displayed_text_and_count_all_matches() {
    let mut text: String = (1..=20_000).map(|n| format!("step {n}\n")).collect();
    text.push_str("\u{1b}[31mErr\u{1b}[0mor: bad\n");
    let app = app_with_log(text.as_bytes()).await;
    let matches = found(&app, "/api/tasks/t/logs/search?q=error%3A").await;
    assert_eq!((&matches[0]["line"], &matches[0]["text"]), (&json!(20_001), &json!("Error: bad")));
    assert_eq!(matches[0]["ranges"], json!([[0, 6]]));
    assert_eq!(matches[1]["matches"], 1);
    let none = found(&app, "/api/tasks/t/logs/search?q=error%3A&case=true").await;
    assert_eq!(none[0]["matches"], 0);
    let some =
        found(&app, "/api/tasks/t/logs/search?q=%5Estep%20%5Cd%2B0%24&regex=true&limit=3").await;
    assert_eq!(some.len(), 4);
    assert_eq!((&some[3]["matches"], &some[3]["limited"]), (&json!(2000), &json!(true)));
    let numbers = found(&app, "/api/tasks/t/logs/search?q=000&numbers=true").await;
    assert_eq!(numbers[0]["lines"].as_array().unwrap().len(), 29);
    for (query, status) in [("?q=", 400), ("?q=(&regex=true", 400), ("?q=x&run=9", 404)] {
        let reply = app.get(&format!("/api/tasks/t/logs/search{query}")).await;
        assert_eq!(reply.status, status, "{query}: {reply}");
    }
}

#[tokio::test]
async fn the_logs_of_all_tasks_are_searched_with_their_filter() {
    let app = App::shell().await;
    for name in ["alpha", "beta", "gamma"] {
        app.create_shell(name, &format!("echo needle of {name}")).await;
        app.run_to_end(name).await;
    }
    let names = async |query: &str| -> Vec<String> {
        let found = found(&app, &format!("/api/logs/search?q=needle%20of{query}")).await;
        let mut names: Vec<String> = found
            .iter()
            .filter_map(|message| Some(message["task_name"].as_str()?.to_owned()))
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("").await, ["alpha", "beta", "gamma"]);
    assert_eq!(names("&query=beta").await, ["beta"]);
    assert_eq!(names("&tasks=alpha%0Agamma").await, ["alpha", "gamma"]);
    assert_eq!(names("&status=failed").await, Vec::<String>::new());
    assert_eq!(app.get("/api/logs/search?q=x&status=odd").await.status, 400);
}

/// Whether this process has a file open.
fn is_open(path: &Path) -> bool {
    let Ok(open) = fs::read_dir("/proc/self/fd") else { return false };
    open.flatten().any(|fd| fs::read_link(fd.path()).is_ok_and(|file| file == path))
}

#[tokio::test]
async fn a_search_ends_when_its_client_disconnects() {
    let app = app_with_log(b"").await;
    let log = log_of(&app, "t");
    // A sparse file that takes longer to search than the wait.
    fs::OpenOptions::new().write(true).open(&log).unwrap().set_len(1 << 42).unwrap();
    let request = Request::get("/api/tasks/t/logs/search?q=needle").header(HOST_HEADER, HOST);
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(Peer::Owner);
    let response = app.router.clone().oneshot(request).await.unwrap();
    wait_for("the search to begin", async || is_open(&log).then_some(())).await;
    drop(response);
    wait_for("the search to end", async || (!is_open(&log)).then_some(())).await;
}
