//! Attempts to take the server down, or to reach files that are none of its own.

use std::fs;
use std::os::unix::fs::symlink;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use server::{Limits, PortChoice, ServeOptions};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{App, Served};

const SECRET: &str = "secret-of-another-folder";

fn limited(limits: Limits) -> ServeOptions {
    ServeOptions { limits, ..ServeOptions::local(PortChoice::Exactly(0)) }
}

/// What is answered to these bytes, until the server closes.
async fn told(served: &Served, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    // The server may answer and close while we are still writing.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// A project with a task, a file beside it that is none of its own, and ways that lead there.
async fn beside_a_secret() -> (App, Vec<String>) {
    let app = App::script().await;
    app.create("a", "lr: 0.1").await;
    let outside =
        tempfile::Builder::new().prefix("outside-").tempdir_in(app.path().parent().unwrap());
    let outside = outside.unwrap().keep();
    fs::write(outside.join("secret.yaml"), format!("key: {SECRET}\n")).unwrap();
    fs::create_dir(outside.join("tasks")).unwrap();
    let name = outside.file_name().unwrap().to_string_lossy().into_owned();
    let ways = ["..", "../..", "../../..", "../../../..", "../../../../..", "../../../../../.."]
        .iter()
        .map(|up| format!("{up}/{name}/secret.yaml"))
        .chain([outside.join("secret.yaml").to_string_lossy().into_owned()])
        .collect();
    (app, ways)
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn no_parameter_leads_out_of_the_project() {
    let (app, ways) = beside_a_secret().await;
    let before = fs::read_dir(app.path().join("_pyruns_/train/tasks")).unwrap().count();
    for way in &ways {
        let folder = way.trim_end_matches("/secret.yaml");
        for path in [way.as_str(), folder] {
            let e = encoded(path);
            for address in [
                format!("/api/tasks/{e}"),
                format!("/api/tasks/{e}/logs"),
                format!("/api/tasks/{e}/metrics"),
                format!("/api/tasks/{e}/provenance"),
                format!("/api/tasks/a/logs?log_file_name={e}"),
                format!("/api/templates/content?value={e}"),
                format!("/api/tasks?query={e}&sort={e}&status=All"),
                format!("/api/launcher/configs?script={e}"),
                format!("/api/launcher/validate-path?kind=config&path={e}"),
                format!("/pkg/{e}"),
                format!("/vendor/{e}"),
            ] {
                let reply = app.get(&address).await;
                assert!(!reply.status.is_server_error(), "{address}: {reply}");
                assert!(!reply.text().contains(SECRET), "{address}: {reply}");
            }
            for (address, body) in [
                ("/api/tasks/batch/run", json!({"task_names": [path]})),
                ("/api/tasks/batch/delete", json!({"task_names": [path]})),
                ("/api/tasks/export/csv", json!({"task_names": [path]})),
                ("/api/tasks/reorder", json!({"items": [{"name": path}]})),
                ("/api/tasks/a/rename", json!({"new_name": path})),
                ("/api/tasks/a/duplicate", json!({"new_name": path})),
                ("/api/trash/restore", json!({"names": [path]})),
                ("/api/trash/purge", json!({"names": [path]})),
                ("/api/generator/create", json!({"name_prefix": path, "yaml_text": "a: 1"})),
                ("/api/generator/preview", json!({"template_value": path, "yaml_text": "key: 1"})),
                ("/api/workspace/run-root", json!({"path": format!("{path}/nothing")})),
                ("/api/launcher/open", json!({"script_path": path})),
            ] {
                let reply = app.post(address, body).await;
                assert!(!reply.status.is_server_error(), "{address} {path}: {reply}");
                assert!(!reply.text().contains(SECRET), "{address} {path}: {reply}");
            }
            let rerun = app.post(&format!("/api/batches/{e}/rerun"), json!({})).await;
            assert_eq!(rerun.status, 404, "{rerun}");
            for header in ["x-pyruns-workspace"] {
                let request = axum::http::Request::get("/api/workspace")
                    .header("host", crate::support::HOST)
                    .header(header, &e);
                let reply = app.request(request.body(axum::body::Body::empty()).unwrap()).await;
                assert!(!reply.text().contains(SECRET), "{path}: {reply}");
            }
        }
    }
    let after = fs::read_dir(app.path().join("_pyruns_/train/tasks")).unwrap().count();
    assert_eq!(after, before, "something was created");
    assert!(fs::metadata(ways.last().unwrap()).is_ok(), "the file outside is gone");
}

#[tokio::test]
async fn links_that_lead_out_of_the_project_are_not_followed() {
    let (app, ways) = beside_a_secret().await;
    let secret = ways.last().unwrap();
    let tasks = app.path().join("_pyruns_/train/tasks");
    fs::create_dir_all(tasks.join("a/run_logs")).unwrap();
    symlink(secret, tasks.join("a/run_logs/run1.log")).unwrap();
    fs::remove_file(tasks.join("a/config.yaml")).unwrap();
    symlink(secret, tasks.join("a/config.yaml")).unwrap();
    symlink(secret, app.path().join("template.yaml")).unwrap();
    symlink(std::path::Path::new(secret).parent().unwrap(), app.path().join("folder")).unwrap();
    for address in [
        "/api/tasks/a",
        "/api/tasks/a/logs",
        "/api/tasks/a/logs?log_file_name=run1.log&offset=0",
        "/api/tasks",
        "/api/templates/content?value=tasks%2Fa%2Fconfig.yaml",
        "/api/templates/content?value=..%2F..%2Ftemplate.yaml",
        "/api/templates/content?value=..%2F..%2Ffolder%2Fsecret.yaml",
    ] {
        let reply = app.get(address).await;
        assert!(!reply.text().contains(SECRET), "{address}: {reply}");
        assert!(!reply.status.is_server_error(), "{address}: {reply}");
    }
    let served = Served::start(&app.engine).await;
    let mut socket =
        served.socket("/api/tasks/a/logs/stream?log_file_name=run1.log&offset=0").await;
    let message = tokio::time::timeout(Duration::from_millis(300), socket.next()).await;
    let text = message.ok().flatten().unwrap_or(Value::Null).to_string();
    assert!(!text.contains(SECRET), "{text}");
    served.stop().await;
}

#[tokio::test]
async fn a_link_that_stays_in_the_project_is_followed() {
    let app = App::script().await;
    app.create("a", "lr: 0.1").await;
    let tasks = app.path().join("_pyruns_/train/tasks");
    fs::rename(tasks.join("a/config.yaml"), tasks.join("a/real.yaml")).unwrap();
    symlink("real.yaml", tasks.join("a/config.yaml")).unwrap();
    app.create("b", "lr: 0.2").await;
    fs::rename(tasks.join("b/config.yaml"), tasks.join("b/real.yaml")).unwrap();
    symlink(tasks.join("b/real.yaml"), tasks.join("b/config.yaml")).unwrap();
    for (name, lr) in [("a", 0.1), ("b", 0.2)] {
        let task = app.get(&format!("/api/tasks/{name}")).await.json();
        assert_eq!(task["config_text"], format!("lr: {lr}\n"), "{task}");
    }
}

#[tokio::test]
async fn a_pipe_or_a_device_in_place_of_a_file_holds_nobody_up() {
    let app = App::script().await;
    let pipe = app.path().join("pipe.yaml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let reply = app.get("/api/templates/content?value=..%2F..%2Fpipe.yaml").await;
    assert_eq!(reply.status, 404, "{reply}");
}

#[tokio::test]
async fn bombs_of_yaml_and_json_are_refused_quickly() {
    let app = App::script().await;
    let mut laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (above, below) in ('b'..='k').zip('a'..) {
        let refs = vec![format!("*{below}"); 9].join(", ");
        laughs.push_str(&format!("{above}: &{above} [{refs}]\n"));
    }
    let wide = format!("a: &a [{}]\nb: [{}]\n", "1,".repeat(20_000), "*a,".repeat(20_000));
    let deep = format!("a: {}{}", "[".repeat(5_000), "]".repeat(5_000));
    let deep_map = format!("a: {}1{}", "{b: ".repeat(5_000), "}".repeat(5_000));
    // The parser needs the square of their number.
    let many = "{a: ".repeat(200_000);
    let range = "a: 1:1000000000\nb: 1:1000000000\nc: 1:1000000000".to_owned();
    let start = Instant::now();
    for text in [laughs, wide, deep, deep_map, many] {
        for path in ["/api/generator/preview", "/api/generator/create"] {
            let body = json!({"yaml_text": text, "name_prefix": "bomb"});
            let reply = app.post(path, body).await;
            assert_eq!(reply.status, 400, "{path}: {reply}");
            assert!(reply.detail().as_str().unwrap().starts_with("Invalid YAML: "), "{reply}");
        }
    }
    let reply =
        app.post("/api/generator/create", json!({"yaml_text": range, "name_prefix": "b"})).await;
    assert_eq!(reply.status, 400, "{reply}");
    let nested = format!("{{\"yaml_text\": {}", "[".repeat(1 << 20));
    assert_eq!(app.send("POST", "/api/generator/preview", &nested).await.status, 422);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(app.get("/api/tasks").await.json()["total"], 0);
}

#[tokio::test]
async fn what_is_too_large_is_told_so() {
    let app = App::new();
    let served = Served::start(&app.engine).await;
    let long = format!(
        "GET /api/tasks?query={} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "x".repeat(20_000)
    );
    let answer = told(&served, long.as_bytes()).await;
    assert!(
        answer.starts_with("HTTP/1.1 414") && answer.contains("longer than 16 KiB"),
        "{answer}"
    );
    let many: String = (0..500).map(|n| format!("X-{n}: y\r\n")).collect();
    let many = format!("GET /api/tasks HTTP/1.1\r\nHost: localhost\r\n{many}\r\n");
    assert!(told(&served, many.as_bytes()).await.starts_with("HTTP/1.1 431"), "many headers");
    let head = "POST /api/generator/preview HTTP/1.1\r\nHost: localhost\r\nContent-Length: 67108864\r\n\r\n";
    let mut body = head.as_bytes().to_vec();
    body.resize(head.len() + (1 << 20), b'x');
    let answer = told(&served, &body).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 413"), "{answer}");
    served.stop().await;
}

#[tokio::test]
async fn slow_requests_are_cut_off_while_others_are_answered() {
    let app = App::shell().await;
    let time = Duration::from_millis(300);
    let served = Served::start_with(
        &app.engine,
        limited(Limits { head_time: time, body_time: time, ..Limits::default() }),
    )
    .await;
    let mut slow = Vec::new();
    for _ in 0..50 {
        let mut stream = TcpStream::connect(served.address).await.unwrap();
        stream.write_all(b"GET /api/workspace HTTP/1.1\r\nHost: localhost\r\nX: ").await.unwrap();
        slow.push(stream);
    }
    let quick = "GET /api/workspace HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert!(told(&served, quick.as_bytes()).await.starts_with("HTTP/1.1 200"));
    for mut stream in slow {
        let mut rest = Vec::new();
        let closed = stream.read_to_end(&mut rest);
        let _ = tokio::time::timeout(Duration::from_secs(20), closed).await.expect("it is cut off");
    }
    let body =
        "POST /api/generator/preview HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{";
    let answer = told(&served, body.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    served.stop().await;
}

#[tokio::test]
async fn more_connections_than_there_are_places_are_turned_away() {
    let app = App::new();
    let served =
        Served::start_with(&app.engine, limited(Limits { connections: 3, ..Limits::default() }))
            .await;
    let mut held = Vec::new();
    let keep = "GET /api/system/metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for _ in 0..3 {
        let mut stream = TcpStream::connect(served.address).await.unwrap();
        stream.write_all(keep.as_bytes()).await.unwrap();
        let mut some = [0; 12];
        stream.read_exact(&mut some).await.unwrap();
        held.push(stream);
    }
    let answer = told(&served, keep.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 429") && answer.contains("\"detail\""), "{answer}");
    held.clear();
    let close = keep.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    crate::support::wait_for("a free place", async || {
        told(&served, close.as_bytes()).await.starts_with("HTTP/1.1 200").then_some(())
    })
    .await;
    served.stop().await;
}

#[tokio::test]
async fn more_sockets_than_there_are_places_are_turned_away() {
    let app = App::new();
    let served =
        Served::start_with(&app.engine, limited(Limits { sockets: 2, ..Limits::default() })).await;
    let first = served.socket("/api/events").await;
    let second = served.socket("/api/events").await;
    assert_eq!(served.try_socket("/api/events", &[]).await.err(), Some(429));
    first.close().await;
    crate::support::wait_for("a free place", async || {
        served.try_socket("/api/events", &[]).await.ok().map(drop)
    })
    .await;
    second.close().await;
    served.stop().await;
}

#[tokio::test]
async fn a_thousand_idle_sockets_cost_little() {
    let app = App::shell().await;
    let served = Served::start(&app.engine).await;
    let before = resident_bytes();
    let mut sockets = Vec::new();
    for _ in 0..1000 {
        sockets.push(served.socket("/api/events").await);
    }
    let grown = resident_bytes().saturating_sub(before);
    // Both ends of all of them are in this process, and the clients' buffers are the larger ones.
    assert!(grown < 400 << 20, "{grown} bytes for a thousand sockets");
    let start = Instant::now();
    let quick = "GET /api/workspace HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert!(told(&served, quick.as_bytes()).await.starts_with("HTTP/1.1 200"));
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    drop(sockets);
    served.stop().await;
}

fn resident_bytes() -> u64 {
    let text = fs::read_to_string("/proc/self/statm").unwrap();
    text.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}
