//! Log windows and downloads, and terminal input.

use std::fs;
use std::io::Write;

use axum::body::Body;
use axum::http::Request;
use axum::http::header::{HOST as HOST_HEADER, RANGE};
use serde_json::{Value, json};

use crate::support::{App, HOST, Served, wait_for};

/// A task whose only run has this log.
pub(crate) async fn app_with_log(text: &[u8]) -> App {
    let app = App::shell().await;
    app.create_shell("t", "true").await;
    app.run_to_end("t").await;
    fs::write(log_of(&app, "t"), text).unwrap();
    app
}

pub(crate) fn log_of(app: &App, name: &str) -> std::path::PathBuf {
    app.path().join(format!("_pyruns_/_shell_/tasks/{name}/run_logs/run1.log"))
}

async fn window(app: &App, query: &str) -> Value {
    app.get(&format!("/api/tasks/t/logs/window{query}")).await.json()
}

/// The objects of an NDJSON response.
pub(crate) async fn found(app: &App, path: &str) -> Vec<Value> {
    let reply = app.get(path).await;
    assert_eq!(reply.status, 200, "{reply}");
    assert_eq!(reply.header("content-type"), "application/x-ndjson");
    reply.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn windows_by_line_by_byte_and_from_the_end() {
    let text: String = (1..=5000).map(|n| format!("line {n}\n")).collect();
    let app = app_with_log(text.as_bytes()).await;
    let middle = window(&app, "?from_line=2500&lines=3").await;
    assert_eq!(middle["lines"], json!(["line 2500", "line 2501", "line 2502"]));
    assert_eq!((&middle["from_line"], &middle["total_lines"]), (&json!(2500), &json!(5000)));
    let offset = text.find("line 2500").unwrap();
    assert_eq!(middle["offset"], json!(offset));
    let around = window(&app, &format!("?offset={}&lines=3", offset + 3)).await;
    assert_eq!(around["lines"], json!(["line 2499", "line 2500", "line 2501"]));
    let end = window(&app, "?lines=2").await;
    assert_eq!(
        (&end["lines"], &end["from_line"]),
        (&json!(["line 4999", "line 5000"]), &json!(4999))
    );
    assert_eq!((&end["end_offset"], &end["last_line_open"]), (&json!(text.len()), &json!(false)));
    let past = window(&app, "?from_line=9000").await;
    assert_eq!((&past["lines"], &past["from_line"]), (&json!([]), &json!(5001)));
}

#[tokio::test]
async fn a_log_may_grow_shrink_and_be_replaced_between_two_windows() {
    let app = app_with_log(b"a\nb").await;
    assert_eq!(window(&app, "?lines=9").await["last_line_open"], json!(true));
    let mut file = fs::OpenOptions::new().append(true).open(log_of(&app, "t")).unwrap();
    file.write_all(b"c\nd\n").unwrap();
    assert_eq!(window(&app, "?from_line=2").await["lines"], json!(["bc", "d"]));
    fs::write(log_of(&app, "t"), "x\n").unwrap();
    let window = window(&app, "?from_line=1").await;
    assert_eq!((&window["lines"], &window["total_lines"]), (&json!(["x"]), &json!(1)));
}

#[tokio::test]
async fn a_line_of_fifty_megabytes_and_bad_bytes_survive() {
    let text = [b"start\n".as_slice(), &vec![b'x'; 50 << 20], b"\ncaf\xe9\n"].concat();
    let app = app_with_log(&text).await;
    let window = window(&app, "?from_line=1").await;
    assert_eq!(window["lines"].as_array().unwrap().len(), 3);
    assert_eq!(window["lines"][2], "caf\u{fffd}");
    assert_eq!(window["long_lines"], json!([{ "line": 2, "bytes": 50 << 20 }]));
    let matches = found(&app, "/api/tasks/t/logs/search?q=caf").await;
    assert_eq!(matches[0]["line"], 3);
}

#[tokio::test]
async fn downloads_have_ranges_and_can_leave_colours_out() {
    let app = app_with_log(b"\x1b[32mgreen\x1b[0m\n10%\r99%\n").await;
    let whole = app.get("/api/tasks/t/logs/download").await;
    assert_eq!(whole.text(), "\u{1b}[32mgreen\u{1b}[0m\n10%\r99%\n");
    assert!(whole.header("content-disposition").contains("t%2Drun1%2Elog"));
    let request = Request::get("/api/tasks/t/logs/download").header(HOST_HEADER, HOST);
    let part = app.request(request.header(RANGE, "bytes=5-9").body(Body::empty()).unwrap()).await;
    assert_eq!((part.status.as_u16(), part.text().as_str()), (206, "green"));
    let plain = app.get("/api/tasks/t/logs/download?plain=true").await;
    assert_eq!(plain.text(), "green\n99%\n");
    assert_eq!(app.get("/api/tasks/t/logs/download?run=7").await.status, 404);
}

#[tokio::test]
async fn a_run_is_typed_to_and_interrupted() {
    let app = App::shell().await;
    let script = "read name; trap 'exit 7' INT; echo hello $name; while true; do sleep 0.02; done";
    app.create_shell("t", script).await;
    let input = "/api/tasks/t/input";
    assert_eq!(app.post(input, json!({ "text": "x" })).await.status, 400);
    app.run("t").await;
    app.wait_status("t", &["running"]).await;
    let takes = async || window(&app, "").await["takes_input"].as_bool().filter(|takes| *takes);
    wait_for("the terminal", takes).await;
    assert_eq!(app.post(input, json!({ "text": "Ada\n" })).await.json()["run_index"], 1);
    let greeted = async || {
        let lines = window(&app, "").await["lines"].to_string();
        lines.contains("hello Ada").then_some(())
    };
    wait_for("the answer", greeted).await;
    app.post(input, json!({ "text": "\u{3}" })).await;
    let task = app.wait_status("t", &["failed"]).await;
    assert_eq!(task["exit_codes"], json!([7]));
    let seen = window(&app, "?from_line=1").await;
    let times = seen["times_ms"].as_array().unwrap();
    assert!(times[0].as_u64() >= seen["started_ms"].as_u64(), "{seen}");
    // The last line is written after the supervisor has stopped reading.
    assert!(times[..times.len() - 1].iter().all(Value::is_u64), "{seen}");
    assert_eq!(seen["takes_input"], json!(false));
}

#[tokio::test]
async fn a_slow_subscriber_gets_the_number_of_skipped_bytes() {
    let app = App::shell().await;
    app.create_shell("t", "seq 1 6000000; while [ ! -e go ]; do sleep 0.02; done; echo end").await;
    let served = Served::start(&app.engine).await;
    let path = "/api/tasks/t/logs/stream?max_lag_bytes=300000";
    app.run("t").await;
    app.wait_status("t", &["running"]).await;
    let mut socket = served.socket(&format!("{path}&offset=0")).await;
    // The task waits before it reads its input.
    wait_for("a long log", async || {
        fs::metadata(log_of(&app, "t")).ok().filter(|meta| meta.len() > 40_000_000)
    })
    .await;
    app.write("go", "");
    let messages = socket.until("end").await;
    let mut offset = 0;
    for message in &messages {
        match message["type"].as_str() {
            Some("chunk") => offset += message["content"].as_str().unwrap().len() as u64,
            Some("skipped") => {
                assert_eq!(message["from_offset"].as_u64(), Some(offset), "{message}");
                offset = message["offset"].as_u64().unwrap();
            }
            _ => continue,
        }
        assert_eq!(message["offset"].as_u64(), Some(offset));
    }
    assert_eq!(offset, fs::metadata(log_of(&app, "t")).unwrap().len());
    socket.close().await;
    served.stop().await;
}
