//! Turning a connection away before anything of it is read.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How long saying so may take.
const PATIENCE: Duration = Duration::from_secs(1);
const BODY: &str = r#"{"detail":"Too many connections at a time. Close some and try again."}"#;

/// Answers 429 and closes.
pub(super) async fn too_many(mut stream: TcpStream) {
    let answer = format!(
        "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Retry-After: 1\r\nConnection: close\r\n\r\n{BODY}",
        BODY.len()
    );
    let told = async {
        // The request is taken first: closing over unread bytes would reset the connection, and the
        // answer with it.
        let mut some = [0; 4096];
        let _ = stream.read(&mut some).await;
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.shutdown().await;
    };
    // Whoever does not listen is not waited for.
    let _ = tokio::time::timeout(PATIENCE, told).await;
}
