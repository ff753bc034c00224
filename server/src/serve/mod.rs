//! Listening, one task a connection, and ending without waiting for ever.

mod connection;
mod listen;
mod options;
mod refuse;
mod start_url;
mod tls;
mod watched;

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
use crate::state::{AppState, Closing};
use connection::Connections;

/// How long answers that are being written may take when the server ends.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(5);

/// A server that listens.
#[derive(Debug, Clone)]
pub struct Listening {
    /// Where.
    pub address: SocketAddr,
    /// What to open in a browser; holds the token where one is needed.
    pub url: String,
    /// Whether nobody is let in without the token, not even the user's own programs.
    pub needs_token: bool,
    /// Why so, and what else the user should know, in sentences.
    pub notes: Vec<String>,
}

/// Listens, and serves until Ctrl-C or SIGTERM.
///
/// Returns where at once, and a future that does the serving and ends with it.
///
/// # Errors
/// Names the port that is taken, or the certificate that cannot be used.
pub async fn serve(
    engine: Engine,
    options: ServeOptions,
) -> Result<(Listening, impl Future<Output = ()> + Send), ServeError> {
    serve_until(engine, options, stop_signal()).await
}

/// Like [`serve`], but ends when `stop` does.
///
/// # Errors
/// Names the port that is taken, or the certificate that cannot be used.
pub async fn serve_until(
    engine: Engine,
    options: ServeOptions,
    stop: impl Future<Output = ()> + Send,
) -> Result<(Listening, impl Future<Output = ()> + Send), ServeError> {
    let tls = options.tls.as_ref().map(tls::acceptor).transpose()?;
    let (listener, address) = listen::listen(&options.host, options.port).await?;
    listen::allow_many_files(&options.limits);
    let (access, notes) = access(&options, address).await;
    let url = start_url::start_url(&engine, &options, &access, address)?;
    let listening = Listening { address, url, needs_token: access.needs_token(), notes };
    let (close, closing) = Closing::channel();
    let state = AppState::new(engine, &options.config, closing.clone()).with_access(access);
    let router = build_router(state);
    let connections = Arc::new(Connections::new(router, tls, options.limits, closing));
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
            tracing::warn!("some connections did not end in time and are cut");
        }
    };
    Ok((listening, serving))
}

/// Who comes in, and what the user should know about it.
async fn access(options: &ServeOptions, address: SocketAddr) -> (AccessPolicy, Vec<String>) {
    let access = AccessPolicy::loopback(options.config.reload_port)
        .also_called(options.allowed_hosts.iter().cloned())
        .with_tls(options.tls.is_some())
        .with_limits(options.limits.clone());
    let mut notes = Vec::new();
    if !address.ip().is_loopback() {
        notes.push("Other machines can reach it; whoever has the token can run programs as you.");
        if options.tls.is_none() {
            notes
                .push("Nothing is encrypted: give --tls-cert and --tls-key, or use an SSH tunnel.");
        }
        let names = start_url::names_of(&options.host, address);
        return (access.open_to(names), notes.into_iter().map(str::to_owned).collect());
    }
    let told = Peer::can_be_told().await;
    if !told {
        notes.push("This system does not tell who connects, so everybody needs the token.");
    }
    let access = access.with_token(options.require_token || !told);
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
                // Out of file descriptors, mostly: others will be closed.
                tracing::warn!(%error, "accepting a connection");
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
