//! Denial-of-service attempts.

use std::fs;
use std::time::Duration;

use serde_json::json;
use server::{Limits, PortChoice, ServeOptions};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{App, Served};

fn limited(limits: Limits) -> ServeOptions {
    ServeOptions { limits, ..ServeOptions::local(PortChoice::Exactly(0)) }
}

/// Sends bytes and returns the response until the server closes the connection.
async fn response_to(served: &Served, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    // The server may respond and close the connection before all is written.
    let _ = stream.write_all(bytes).await;
    let mut response = Vec::new();
    let _ = stream.read_to_end(&mut response).await;
    String::from_utf8_lossy(&response).into_owned()
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
    // The parser needs quadratic time.
    let many = "{a: ".repeat(200_000);
    let range = "a: 1:1000000000\nb: 1:1000000000\nc: 1:1000000000".to_owned();
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
    assert_eq!(app.get("/api/tasks").await.json()["total"], 0);
}

#[tokio::test]
async fn oversized_requests_get_an_error() {
    let app = App::new();
    let served = Served::start(&app.engine).await;
    let long = format!(
        "GET /api/tasks?query={} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "x".repeat(20_000)
    );
    let response = response_to(&served, long.as_bytes()).await;
    assert!(
        response.starts_with("HTTP/1.1 414") && response.contains("longer than 16 KiB"),
        "{response}"
    );
    let many: String = (0..500).map(|n| format!("X-{n}: y\r\n")).collect();
    let many =
        format!("GET /api/tasks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{many}\r\n");
    let response = response_to(&served, many.as_bytes()).await;
    assert!(
        response.starts_with("HTTP/1.1 431") && response.contains("more than 100"),
        "{response}"
    );
    let large = format!(
        "GET /api/tasks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: {}\r\n\r\n",
        "y".repeat(70_000)
    );
    let response = response_to(&served, large.as_bytes()).await;
    assert!(response.starts_with("HTTP/1.1 431") && response.contains("64 KiB"), "{response}");
    let flood: String = (0..5_000).map(|n| format!("X-{n}: y\r\n")).collect();
    let flood = format!("GET /api/tasks HTTP/1.1\r\nHost: localhost\r\n{flood}\r\n");
    assert!(response_to(&served, flood.as_bytes()).await.starts_with("HTTP/1.1 431"), "a flood");
    let head = "POST /api/generator/preview HTTP/1.1\r\nHost: localhost\r\nContent-Length: 67108864\r\n\r\n";
    let mut body = head.as_bytes().to_vec();
    body.resize(head.len() + (1 << 20), b'x');
    let response = response_to(&served, &body).await;
    assert!(response.is_empty() || response.starts_with("HTTP/1.1 413"), "{response}");
    served.stop().await;
}

#[tokio::test]
async fn slow_requests_time_out_while_others_are_served() {
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
    assert!(response_to(&served, quick.as_bytes()).await.starts_with("HTTP/1.1 200"));
    for mut stream in slow {
        let mut rest = Vec::new();
        let closed = stream.read_to_end(&mut rest);
        let closed = tokio::time::timeout(Duration::from_secs(20), closed).await;
        closed.expect("it is cut off").unwrap();
        let response = String::from_utf8(rest).unwrap();
        assert!(
            response.starts_with("HTTP/1.1 408") && response.contains("\"detail\""),
            "{response}"
        );
    }
    let body =
        "POST /api/generator/preview HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{";
    let response = response_to(&served, body.as_bytes()).await;
    assert!(response.starts_with("HTTP/1.1 408"), "{response}");
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
    let response = response_to(&served, keep.as_bytes()).await;
    assert!(response.starts_with("HTTP/1.1 429") && response.contains("\"detail\""), "{response}");
    held.clear();
    let close = keep.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    crate::support::wait_for("a free place", async || {
        response_to(&served, close.as_bytes()).await.starts_with("HTTP/1.1 200").then_some(())
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
    // Both ends of the connections are in this process, and the clients' buffers are larger.
    assert!(grown < 400 << 20, "{grown} bytes for a thousand sockets");
    let quick = "GET /api/workspace HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let answered =
        tokio::time::timeout(Duration::from_secs(20), response_to(&served, quick.as_bytes()));
    assert!(answered.await.expect("a response").starts_with("HTTP/1.1 200"));
    drop(sockets);
    served.stop().await;
}

fn resident_bytes() -> u64 {
    let text = fs::read_to_string("/proc/self/statm").unwrap();
    text.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}
