//! `WS /api/tasks/{name}/logs/stream`.

use serde_json::Value;

use crate::support::{App, Served};

/// The concatenated text of chunks, which must be contiguous.
fn text_of(messages: &[Value], mut offset: u64) -> String {
    let mut text = String::new();
    for chunk in messages.iter().filter(|message| message["type"] == "chunk") {
        let content = chunk["content"].as_str().unwrap();
        offset += content.len() as u64;
        assert_eq!(chunk["offset"].as_u64(), Some(offset), "a gap or a duplicate: {chunk}");
        assert_eq!(chunk["log_file_name"], "run1.log");
        assert_eq!((&chunk["task_name"], &chunk["run_index"]), (&"t".into(), &1.into()));
        text.push_str(content);
    }
    text
}

#[tokio::test]
async fn a_run_is_followed_from_its_first_byte_to_its_end() {
    let app = App::shell().await;
    let script = "echo ready; while [ ! -e go ]; do sleep 0.01; done; echo ünï; seq 1 2000";
    app.create_shell("t", script).await;
    let served = Served::start(&app.engine).await;
    let mut early = served.socket("/api/tasks/t/logs/stream").await;
    app.run("t").await;
    app.wait_status("t", &["running"]).await;
    let mut late = served.socket("/api/tasks/t/logs/stream?offset=0").await;
    app.write("go", "");

    let messages = early.until("end").await;
    assert_eq!((&messages[0]["type"], &messages[0]["run_index"]), (&"run".into(), &1.into()));
    assert_eq!(messages.last().unwrap()["status"], "completed");
    let log = app.path().join("_pyruns_/_shell_/tasks/t/run_logs/run1.log");
    let log = std::fs::read_to_string(log).unwrap();
    assert_eq!(text_of(&messages, 0), log);
    assert_eq!(text_of(&late.until("end").await, 0), log);

    let half = log.find("\n1000\n").unwrap() as u64;
    let path = format!("/api/tasks/t/logs/stream?log_file_name=run1.log&offset={half}");
    let mut resumed = served.socket(&path).await;
    assert_eq!(text_of(&resumed.until("end").await, half), &log[half as usize..]);

    app.run("t").await;
    let next = early.until("end").await;
    assert_eq!((&next[0]["type"], &next[0]["run_index"]), (&"run".into(), &2.into()));
    for socket in [early, late, resumed] {
        socket.close().await;
    }
    served.stop().await;
}

#[tokio::test]
async fn a_run_that_another_server_starts_is_followed_from_its_first_byte() {
    let app = App::shell().await;
    app.create_shell("t", "seq 1 100; echo end").await;
    let other = app.another_engine();
    let served = Served::start(&other).await;
    let mut socket = served.socket("/api/tasks/t/logs/stream?workspace=_shell_").await;
    app.run("t").await;
    let messages = socket.until("end").await;
    assert_eq!((&messages[0]["type"], &messages[0]["run_index"]), (&"run".into(), &1.into()));
    let log = app.path().join("_pyruns_/_shell_/tasks/t/run_logs/run1.log");
    assert_eq!(text_of(&messages, 0), std::fs::read_to_string(log).unwrap());
    socket.close().await;
    served.stop().await;
}

#[tokio::test]
async fn a_deleted_task_closes_the_stream() {
    let app = App::shell().await;
    app.create_shell("t", "true").await;
    let served = Served::start(&app.engine).await;
    let mut socket = served.socket("/api/tasks/t/logs/stream").await;
    let body = serde_json::json!({ "task_names": ["t"] });
    assert_eq!(app.post("/api/tasks/batch/delete", body).await.status, 200);
    assert_eq!(socket.next().await, None);
    served.stop().await;
}

#[tokio::test]
async fn an_invalid_stream_is_rejected_before_the_upgrade() {
    let app = App::shell().await;
    app.create_shell("t", "true").await;
    let served = Served::start(&app.engine).await;
    for (path, status) in [
        ("/api/tasks/ghost/logs/stream", 404),
        ("/api/tasks/t/logs/stream?log_file_name=run9.log", 404),
        ("/api/tasks/t/logs/stream?workspace=ghost", 404),
        ("/api/tasks/t/logs/stream?offset=x", 422),
    ] {
        assert_eq!(served.try_socket(path, &[]).await.err(), Some(status), "{path}");
    }
    served.stop().await;
}

#[tokio::test]
async fn a_client_that_does_not_read_slows_no_other() {
    let app = App::shell().await;
    app.create_shell("t", "seq 1 3000000").await;
    let served = Served::start(&app.engine).await;
    let idle = served.socket("/api/tasks/t/logs/stream").await;
    let mut reader = served.socket("/api/tasks/t/logs/stream").await;
    app.run("t").await;
    let messages = reader.until("end").await;
    assert!(messages.last().unwrap()["offset"].as_u64() > Some(20_000_000));
    drop(idle);
    served.stop().await;
}
