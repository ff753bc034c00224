//! Rejects connections: because there are too many, or because a request is too slow.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use super::shared_stream::SharedStream;

/// Time limit for the response.
const TIMEOUT: Duration = Duration::from_secs(1);
const TOO_MANY: &str = r#"{"detail":"Too many concurrent connections. Close some and try again."}"#;
const TOO_SLOW: &str = r#"{"detail":"The headers of the request did not arrive in time."}"#;

/// Responds with 429 and closes the connection.
pub(super) async fn too_many(mut stream: TcpStream) {
    let response = response("429 Too Many Requests\r\nRetry-After: 1", TOO_MANY);
    let respond = async {
        // The request is read first, because closing a socket with unread data resets the connection and discards the
        // response.
        let mut some = [0; 4096];
        let _ = stream.read(&mut some).await;
        let _ = stream.write_all(response.as_bytes()).await;
        let _ = stream.shutdown().await;
    };
    // A client that does not read is not waited for.
    let _ = tokio::time::timeout(TIMEOUT, respond).await;
}

/// Responds with 408 if a request has begun, and closes the connection.
pub(super) async fn too_slow(stream: SharedStream<impl AsyncRead + AsyncWrite + Unpin>) {
    // On an idle keep-alive connection, the client would take the response for that of its next request.
    if stream.has_pending_request() {
        let response = response("408 Request Timeout", TOO_SLOW);
        // A client that does not read is not waited for.
        let _ = tokio::time::timeout(TIMEOUT, stream.respond_and_close(&response)).await;
    }
}

fn response(status: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    )
}
