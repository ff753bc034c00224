//! Listening on loopback, one task a connection, and ending without waiting for ever.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::ConnectInfo;
use engine::Engine;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tower::ServiceExt;

use crate::build_router;
use crate::state::{AppState, Closing, ServerConfig};

/// How far above the first port a free one is looked for.
const PORT_RANGE: u16 = 100;
/// How long a request's head may take, and how long an idle connection is kept.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// The most bytes of a request's head.
const MAX_HEAD_BYTES: usize = 64 << 10;
/// The most connections at a time; more wait to be accepted.
const MAX_CONNECTIONS: usize = 4096;
/// How long answers that are being written may take when the server ends.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(5);

/// Where to listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortChoice {
    /// This port or none; 0 lets the system choose.
    Exactly(u16),
    /// The first free one from here to 100 above.
    FirstFreeFrom(u16),
}

/// How to serve.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// Where to listen.
    pub port: PortChoice,
    /// What the environment says.
    pub config: ServerConfig,
}

/// Why the server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The wanted port is taken.
    #[error(
        "Port {0} is already in use on 127.0.0.1. Choose another one with -p, or end the program that uses it."
    )]
    PortTaken(u16),
    /// No port of the range is free.
    #[error("No port from {0} to {1} is free on 127.0.0.1. Choose another one with -p.")]
    NoFreePort(u16, u16),
    /// The system refused for another reason.
    #[error("listening on 127.0.0.1:{port}: {source}")]
    Listen {
        /// The port.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
}

/// Listens, and serves until Ctrl-C or SIGTERM.
///
/// Returns the bound address at once, and a future that does the serving and ends with it.
///
/// # Errors
/// Names the port that is taken.
pub async fn serve(
    engine: Engine,
    options: ServeOptions,
) -> Result<(SocketAddr, impl Future<Output = ()> + Send), ServeError> {
    serve_until(engine, options, stop_signal()).await
}

/// Like [`serve`], but ends when `stop` does.
///
/// # Errors
/// Names the port that is taken.
pub async fn serve_until(
    engine: Engine,
    options: ServeOptions,
    stop: impl Future<Output = ()> + Send,
) -> Result<(SocketAddr, impl Future<Output = ()> + Send), ServeError> {
    let (listener, address) = listen(options.port).await?;
    let (close, closing) = Closing::channel();
    let router = build_router(AppState::new(engine, &options.config, closing.clone()));
    let serving = async move {
        let mut connections = JoinSet::new();
        tokio::select! {
            () = accept_all(&listener, &router, &closing, &mut connections) => {}
            () = stop => {}
        }
        drop(listener);
        close.send_replace(true);
        let finished = async { while connections.join_next().await.is_some() {} };
        if tokio::time::timeout(SHUTDOWN_LIMIT, finished).await.is_err() {
            tracing::warn!("some connections did not end in time and are cut");
        }
    };
    Ok((address, serving))
}

async fn listen(choice: PortChoice) -> Result<(TcpListener, SocketAddr), ServeError> {
    let (first, last) = match choice {
        PortChoice::Exactly(port) => (port, port),
        PortChoice::FirstFreeFrom(port) => (port, port.saturating_add(PORT_RANGE)),
    };
    for port in first..=last {
        let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
        match bound.and_then(|listener| listener.local_addr().map(|address| (listener, address))) {
            Ok(bound) => return Ok(bound),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(source) => return Err(ServeError::Listen { port, source }),
        }
    }
    Err(match choice {
        PortChoice::Exactly(port) => ServeError::PortTaken(port),
        PortChoice::FirstFreeFrom(_) => ServeError::NoFreePort(first, last),
    })
}

async fn accept_all(
    listener: &TcpListener,
    router: &Router,
    closing: &Closing,
    connections: &mut JoinSet<()>,
) {
    loop {
        while connections.len() >= MAX_CONNECTIONS {
            connections.join_next().await;
        }
        while connections.try_join_next().is_some() {}
        match listener.accept().await {
            Ok((stream, peer)) => {
                connections.spawn(serve_connection(stream, peer, router.clone(), closing.clone()));
            }
            Err(error) => {
                // Out of file descriptors, mostly: others will be closed.
                tracing::warn!(%error, "accepting a connection");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// Serves one connection. What is known of the peer travels with each request, for the door.
async fn serve_connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    mut closing: Closing,
) {
    // Log lines are small and must not wait for more of them. Failing only costs latency.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move { Ok::<_, Infallible>(answer(router, request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_header_size(MAX_HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = closing.wait() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, %peer, "a connection ended early");
    }
}

async fn answer(router: Router, request: hyper::Request<Incoming>) -> axum::response::Response {
    let Ok(response) = router.oneshot(request.map(Body::new)).await;
    response
}

async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = terminated => {}
        () = interrupted => {}
    }
}
