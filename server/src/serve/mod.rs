//! Listens, serves each connection in a tokio task, and shuts down gracefully with a time limit.

mod connection;
mod listen;
mod options;
mod refuse;
mod shared_stream;
mod start_url;
mod tls;

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use engine::Engine;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

pub use options::{PortChoice, ServeError, ServeOptions, TlsFiles};

use crate::access::{AccessPolicy, Peer};
use crate::build_router;
use crate::state::{AppState, ShutdownSignal};
use connection::Connections;

/// Time limit for open responses at shutdown.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(5);

/// A listening server.
#[derive(Debug, Clone)]
pub struct Listening {
    /// The bound address.
    pub address: SocketAddr,
    /// The URL for a browser, with the token if it is required.
    pub url: String,
    /// Whether all clients need the token, including the user's own processes.
    pub needs_token: bool,
    /// Notes for the user, in sentences.
    pub notes: Vec<String>,
}

/// Listens, and serves until Ctrl-C or SIGTERM.
///
/// Returns the address at once, and a future that serves until the shutdown.
///
/// # Errors
/// Names the port that is in use, or the invalid certificate.
pub async fn serve(
    engine: Engine,
    options: ServeOptions,
) -> Result<(Listening, impl Future<Output = ()> + Send), ServeError> {
    serve_until(engine, options, stop_signal()).await
}

/// Like [`serve`], but shuts down when `stop` completes.
///
/// # Errors
/// Names the port that is in use, or the invalid certificate.
pub async fn serve_until(
    engine: Engine,
    options: ServeOptions,
    stop: impl Future<Output = ()> + Send,
) -> Result<(Listening, impl Future<Output = ()> + Send), ServeError> {
    let tls = options.tls.as_ref().map(tls::acceptor).transpose()?;
    let (listener, address) = listen::listen(&options.host, options.port).await?;
    listen::raise_file_limit(&options.limits);
    let (access, notes) = access(&options, address).await;
    let url = start_url::start_url(&engine, &options, &access, address)?;
    let listening = Listening { address, url, needs_token: access.needs_token(), notes };
    let (close, shutdown) = ShutdownSignal::channel();
    let state = AppState::new(engine, &options.config, shutdown.clone()).with_access(access);
    let router = build_router(state);
    let connections = Arc::new(Connections::new(router, tls, options.limits, shutdown));
    let serving = async move {
        let mut tasks = JoinSet::new();
        tokio::select! {
            () = accept_all(&listener, &connections, &mut tasks) => {}
            () = stop => {}
        }
        drop(listener);
        close.send_replace(true);
        let finished = async { while tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(SHUTDOWN_LIMIT, finished).await.is_err() {
            tracing::warn!("some connections did not end in time and are closed");
        }
    };
    Ok((listening, serving))
}

/// The access policy of the options, with notes for the user.
async fn access(options: &ServeOptions, address: SocketAddr) -> (AccessPolicy, Vec<String>) {
    let access = AccessPolicy::loopback(options.config.reload_port)
        .with_hosts(options.allowed_hosts.iter().cloned())
        .with_tls(options.tls.is_some())
        .with_limits(options.limits.clone());
    let mut notes = Vec::new();
    if !address.ip().is_loopback() {
        notes.push("Other machines can reach this server; any client with the token can run programs as your user.");
        if options.tls.is_none() {
            notes.push(
                "Connections are not encrypted: use --tls-cert and --tls-key, or an SSH tunnel.",
            );
        }
        let names = start_url::names_of(&options.host, address);
        return (access.allow_network(names), notes.into_iter().map(str::to_owned).collect());
    }
    let is_supported = Peer::is_supported().await;
    if !is_supported {
        notes.push(
            "This system does not report the user of a connection, so all clients need the token.",
        );
    }
    let access = access.with_token(options.require_token || !is_supported);
    (access, notes.into_iter().map(str::to_owned).collect())
}

async fn accept_all(
    listener: &TcpListener,
    connections: &Arc<Connections>,
    tasks: &mut JoinSet<()>,
) {
    loop {
        while tasks.try_join_next().is_some() {}
        match listener.accept().await {
            Ok((stream, address)) => {
                tasks.spawn(connection::serve(stream, address, connections.clone()));
            }
            Err(error) => {
                // Usually there are no free file descriptors until other connections are closed.
                tracing::warn!(%error, "could not accept a connection");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
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
