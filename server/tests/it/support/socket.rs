//! A server on a real port, and WebSocket clients.

use std::net::SocketAddr;
use std::time::Duration;

use engine::Engine;
use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use server::{PortChoice, ServeOptions, serve_until};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

const PATIENCE: Duration = Duration::from_secs(30);

/// A server on a free port.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    /// The start URL.
    pub(crate) url: String,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Served {
    pub(crate) async fn start(engine: &Engine) -> Self {
        Self::start_with(engine, ServeOptions::local(PortChoice::Exactly(0))).await
    }

    pub(crate) async fn start_with(engine: &Engine, options: ServeOptions) -> Self {
        let (stop, stopped) = oneshot::channel();
        let stopped = async {
            let _ = stopped.await;
        };
        let (listening, serving) = serve_until(engine.clone(), options, stopped).await.unwrap();
        let (address, url) = (listening.address, listening.url);
        Self { address, url, stop, serving: tokio::spawn(serving) }
    }

    /// Shuts the server down and waits for its end.
    pub(crate) async fn stop(self) {
        self.stop.send(()).unwrap();
        tokio::time::timeout(PATIENCE, self.serving).await.expect("the server ends").unwrap();
    }

    pub(crate) async fn socket(&self, path: &str) -> Socket {
        self.try_socket(path, &[]).await.unwrap()
    }

    /// Connects with additional headers; an error is the HTTP status.
    pub(crate) async fn try_socket(
        &self,
        path: &str,
        headers: &[(&'static str, &'static str)],
    ) -> Result<Socket, u16> {
        let mut request = format!("ws://{}{path}", self.address).into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((stream, _)) => Ok(Socket { stream }),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("connecting to {path}: {error}"),
        }
    }
}

/// An open WebSocket.
pub(crate) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Socket {
    /// The next text message; `None` when the server closed.
    pub(crate) async fn next(&mut self) -> Option<Value> {
        // Pings do not extend the time limit.
        let deadline = Instant::now() + PATIENCE;
        loop {
            let next = tokio::time::timeout_at(deadline, self.stream.next()).await;
            match next.expect("a message arrives") {
                Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(other)) => panic!("an unexpected message: {other:?}"),
            }
        }
    }

    /// Messages up to and including one of the given type.
    pub(crate) async fn until(&mut self, kind: &str) -> Vec<Value> {
        let mut messages = Vec::new();
        loop {
            let message = self.next().await.unwrap_or_else(|| panic!("closed before {kind}"));
            let done = message["type"] == kind;
            messages.push(message);
            if done {
                return messages;
            }
        }
    }

    /// Sends a close message and waits for the reply.
    pub(crate) async fn close(mut self) {
        self.stream.send(Message::Close(None)).await.unwrap();
        while self.next().await.is_some() {}
    }
}
