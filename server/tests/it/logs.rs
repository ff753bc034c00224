//! `GET /api/tasks/{name}/logs`.

use std::fs;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::App;

/// A task whose second run has this log.
async fn app_with_log(text: &str) -> App {
    let app = App::shell().await;
    app.create_shell("t", "true").await;
    app.run_to_end("t").await;
    app.run_to_end("t").await;
    let log = app.path().join("_pyruns_/_shell_/tasks/t/run_logs/run2.log");
    fs::write(log, text).unwrap();
    app
}

async fn logs(app: &App, query: &str) -> Value {
    app.get(&format!("/api/tasks/t/logs{query}")).await.json()
}

#[tokio::test]
async fn before_the_first_run() {
    let app = App::shell().await;
    app.create_shell("t", "true").await;
    assert_snapshot!(app.get("/api/tasks/t/logs").await);
}

#[tokio::test]
async fn the_newest_run_is_the_default() {
    let app = app_with_log("one\ntwo\nthree\n").await;
    assert_snapshot!(app.get("/api/tasks/t/logs").await);
    let first = logs(&app, "?log_file_name=run1.log").await;
    assert!(first["content"].as_str().unwrap().starts_with("[PYRUNS] Task t started at "));
    assert_snapshot!("unknown_log", app.get("/api/tasks/t/logs?log_file_name=run9.log").await);
    let escape = app.get("/api/tasks/t/logs?log_file_name=..%2Ftask_info.json").await;
    assert_eq!(escape.status, 404, "{escape}");
}

#[tokio::test]
async fn tails_by_lines_and_bytes() {
    let app = app_with_log("one\ntwo\nthree\n").await;
    assert_eq!(logs(&app, "?tail_lines=2").await["content"], "two\nthree\n");
    assert_eq!(logs(&app, "?tail_bytes=6").await["content"], "three\n");
    assert_eq!(logs(&app, "?tail_bytes=6").await["offset"], 14);
}

#[tokio::test]
async fn chunks_end_at_a_line_and_never_inside_a_character() {
    let text = "äöü\nline two\n☃☃☃☃☃☃☃☃";
    let app = app_with_log(text).await;
    let (mut read, mut offset) = (String::new(), 0);
    loop {
        let chunk = logs(&app, &format!("?offset={offset}&chunk_size=9")).await;
        let content = chunk["content"].as_str().unwrap();
        assert!(!content.contains('\u{fffd}'), "{content:?}");
        read.push_str(content);
        offset = chunk["offset"].as_u64().unwrap();
        if content.is_empty() {
            break;
        }
    }
    assert_eq!(read, text);
    let past = logs(&app, "?offset=100000").await;
    assert_eq!((&past["content"], &past["offset"]), (&json!(""), &json!(text.len())));
}

#[tokio::test]
async fn numbers_that_are_none() {
    let app = app_with_log("x").await;
    for query in ["?offset=-1", "?tail_bytes=many", "?chunk_size=1.5"] {
        assert_eq!(app.get(&format!("/api/tasks/t/logs{query}")).await.status, 422, "{query}");
    }
    assert_snapshot!(app.get("/api/tasks/t/logs?offset=abc").await);
}
