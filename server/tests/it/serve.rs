//! Listening and shutdown.

use server::{PortChoice, ServeError, ServeOptions, serve_until};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{App, Served};

#[tokio::test]
async fn a_taken_port_is_named_and_the_next_free_one_found() {
    let app = App::new();
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let exactly = ServeOptions::local(PortChoice::Exactly(port));
    let refused = serve_until(app.engine.clone(), exactly, async {})
        .await
        .map(|(listening, _)| listening.address);
    assert!(
        matches!(refused, Err(ServeError::PortTaken(_, taken)) if taken == port),
        "{refused:?}"
    );
    let from = ServeOptions::local(PortChoice::FirstFreeFrom(port));
    let (listening, serving) = serve_until(app.engine.clone(), from, async {}).await.unwrap();
    let address = listening.address;
    assert_eq!(listening.url, format!("http://{address}"));
    assert!(address.ip().is_loopback());
    assert!((port + 1..=port + 100).contains(&address.port()), "{address} after {port}");
    serving.await;
}

#[tokio::test]
async fn a_loopback_connection_is_accepted_and_reused() {
    let app = App::new();
    let served = Served::start(&app.engine).await;
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    for _ in 0..2 {
        let request = format!("GET /api/workspace HTTP/1.1\r\nHost: {}\r\n\r\n", served.address);
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut head = vec![0; 15];
        stream.read_exact(&mut head).await.unwrap();
        assert_eq!(head, b"HTTP/1.1 200 OK");
        let mut rest = vec![0; 64 << 10];
        assert!(stream.read(&mut rest).await.unwrap() > 0);
    }
    served.stop().await;
    // An idle connection does not delay the shutdown, and is closed.
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
}

#[tokio::test]
async fn open_sockets_do_not_hold_up_the_end() {
    let app = App::shell().await;
    let served = Served::start(&app.engine).await;
    let mut socket = served.socket("/api/events").await;
    socket.next().await;
    served.stop().await;
    assert_eq!(socket.next().await, None);
}

#[tokio::test]
async fn a_flood_of_headers_is_cut_off() {
    let app = App::new();
    let served = Served::start(&app.engine).await;
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream.write_all(b"GET /api/workspace HTTP/1.1\r\n").await.unwrap();
    let line = format!("X-Flood: {}\r\n", "x".repeat(8000));
    let mut answer = Vec::new();
    for _ in 0..100 {
        // The server may close the connection before all is written.
        if stream.write_all(line.as_bytes()).await.is_err() {
            break;
        }
    }
    let _ = stream.read_to_end(&mut answer).await;
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 431"), "not refused");
    served.stop().await;
}
