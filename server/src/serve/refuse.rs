//! Giving a connection up: before anything of it is read, or because it is too slow.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use super::watched::Watched;

/// How long saying so may take.
const PATIENCE: Duration = Duration::from_secs(1);
const TOO_MANY: &str = r#"{"detail":"Too many connections at a time. Close some and try again."}"#;
const TOO_SLOW: &str = r#"{"detail":"The head of the request did not arrive in time."}"#;

/// Answers 429 and closes.
pub(super) async fn too_many(mut stream: TcpStream) {
    let answer = answer("429 Too Many Requests\r\nRetry-After: 1", TOO_MANY);
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

/// Answers 408 where a request has begun, and closes.
pub(super) async fn too_slow(stream: Watched<impl AsyncRead + AsyncWrite + Unpin>) {
    // Who has kept a connection for later has asked nothing, and would take it for the next answer.
    if stream.is_asked() {
        let answer = answer("408 Request Timeout", TOO_SLOW);
        // Whoever does not listen is not waited for.
        let _ = tokio::time::timeout(PATIENCE, stream.close_with(&answer)).await;
    }
}

fn answer(status: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    )
}
