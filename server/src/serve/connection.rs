//! One connection, from the question who it is to its end.

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
use super::watched::Watched;
use crate::access::{Limits, Peer};
use crate::state::Closing;

/// How long the beginning of an encrypted connection may take.
const HANDSHAKE_LIMIT: Duration = Duration::from_secs(10);

/// What all connections share.
pub(super) struct Connections {
    router: Router,
    tls: Option<TlsAcceptor>,
    limits: Limits,
    own: Semaphore,
    foreign: Semaphore,
    closing: Closing,
}

impl Connections {
    pub(super) fn new(
        router: Router,
        tls: Option<TlsAcceptor>,
        limits: Limits,
        closing: Closing,
    ) -> Self {
        let own = Semaphore::new(limits.connections);
        let foreign = Semaphore::new(limits.foreign_connections);
        Self { router, tls, limits, own, foreign, closing }
    }
}

/// Serves a connection until its end, or turns it away.
pub(super) async fn serve(stream: TcpStream, address: SocketAddr, all: Arc<Connections>) {
    // Log lines are small and must not wait for more of them. Failing only costs latency.
    let _ = stream.set_nodelay(true);
    let peer = Peer::of(&stream);
    let places = if peer == Peer::Owner { &all.own } else { &all.foreign };
    let Ok(_place) = places.try_acquire() else {
        return too_many(stream).await;
    };
    let ended = match &all.tls {
        None => answer_all(stream, peer, &all).await,
        Some(tls) => match tokio::time::timeout(HANDSHAKE_LIMIT, tls.accept(stream)).await {
            Ok(Ok(stream)) => answer_all(stream, peer, &all).await,
            Ok(Err(error)) => return tracing::debug!(%error, %address, "no encryption agreed on"),
            Err(_) => return tracing::debug!(%address, "agreeing on encryption took too long"),
        },
    };
    if let Err(error) = ended {
        tracing::debug!(%error, %address, "a connection ended early");
    }
}

/// Answers its requests. What is known of the peer travels with each of them, for access control.
async fn answer_all(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: Peer,
    all: &Connections,
) -> hyper::Result<()> {
    let router = all.router.clone();
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(peer);
        let router = router.clone();
        async move { Ok::<_, Infallible>(answer(router, request).await) }
    });
    let stream = Watched::new(stream);
    let last_word = stream.handle();
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(all.limits.head_time)
        // So much is read, to say what the limit is; what is larger still gets a bare 431.
        .max_header_size(2 * all.limits.head_bytes)
        .max_headers(8 * all.limits.headers)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    let mut closing = all.closing.clone();
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = closing.wait() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if ended.as_ref().is_err_and(hyper::Error::is_timeout) {
        too_slow(last_word).await;
    }
    ended
}

async fn answer(router: Router, request: hyper::Request<Incoming>) -> axum::response::Response {
    let Ok(response) = router.oneshot(request.map(Body::new)).await;
    response
}
