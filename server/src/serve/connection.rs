//! Serves one connection: identifies the peer, applies the limits, and handles the requests.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use super::refuse::{too_many, too_slow};
use super::shared_stream::SharedStream;
use crate::access::{Limits, Peer};
use crate::state::ShutdownSignal;

/// Maximum duration of the TLS handshake.
const HANDSHAKE_LIMIT: Duration = Duration::from_secs(10);

/// The shared state of all connections.
pub(super) struct Connections {
    router: Router,
    tls: Option<TlsAcceptor>,
    limits: Limits,
    own: Semaphore,
    foreign: Semaphore,
    shutdown: ShutdownSignal,
}

impl Connections {
    pub(super) fn new(
        router: Router,
        tls: Option<TlsAcceptor>,
        limits: Limits,
        shutdown: ShutdownSignal,
    ) -> Self {
        let own = Semaphore::new(limits.connections);
        let foreign = Semaphore::new(limits.foreign_connections);
        Self { router, tls, limits, own, foreign, shutdown }
    }
}

/// Serves a connection until its end, or rejects it.
pub(super) async fn serve(stream: TcpStream, address: SocketAddr, connections: Arc<Connections>) {
    // Without Nagle's algorithm, small log messages are sent at once. An error only costs latency.
    let _ = stream.set_nodelay(true);
    let peer = Peer::of(&stream);
    let permits = if peer == Peer::Owner { &connections.own } else { &connections.foreign };
    let Ok(_permit) = permits.try_acquire() else {
        return too_many(stream).await;
    };
    let ended = match &connections.tls {
        None => serve_requests(stream, peer, &connections).await,
        Some(tls) => match tokio::time::timeout(HANDSHAKE_LIMIT, tls.accept(stream)).await {
            Ok(Ok(stream)) => serve_requests(stream, peer, &connections).await,
            Ok(Err(error)) => return tracing::debug!(%error, %address, "the TLS handshake failed"),
            Err(_) => return tracing::debug!(%address, "the TLS handshake timed out"),
        },
    };
    if let Err(error) = ended {
        tracing::debug!(%error, %address, "a connection ended early");
    }
}

/// Serves the requests of a connection. The peer is an extension of each request, for access control.
async fn serve_requests(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: Peer,
    connections: &Connections,
) -> hyper::Result<()> {
    let router = connections.router.clone();
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(peer);
        let router = router.clone();
        async move { Ok::<_, Infallible>(handle_request(router, request).await) }
    });
    let stream = SharedStream::new(stream);
    let response_handle = stream.handle();
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(connections.limits.head_time)
        // More than the limits, so that access control can respond with a text. Beyond these, hyper sends an empty 431.
        .max_header_size(2 * connections.limits.head_bytes)
        .max_headers(8 * connections.limits.headers)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    let mut shutdown = connections.shutdown.clone();
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = shutdown.wait() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if ended.as_ref().is_err_and(hyper::Error::is_timeout) {
        too_slow(response_handle).await;
    }
    ended
}

async fn handle_request(
    router: Router,
    request: hyper::Request<Incoming>,
) -> axum::response::Response {
    let Ok(response) = router.oneshot(request.map(Body::new)).await;
    response
}
