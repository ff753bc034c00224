//! The shared state of all handlers.

use std::sync::Arc;

use axum::extract::FromRef;
use engine::Engine;
use leptos::config::LeptosOptions;
use tokio::sync::{Semaphore, watch};

use crate::access::AccessPolicy;
use crate::api::ResponseCache;
use crate::assets::AssetSource;
use crate::openapi::Document;

/// The state of the router. Each handler extracts the parts that it needs.
#[derive(Clone, FromRef)]
pub struct AppState {
    /// The engine, which executes all commands.
    pub engine: Engine,
    /// Options of the pages, with the names of their assets.
    pub leptos_options: LeptosOptions,
    /// Access control.
    pub access: AccessPolicy,
    /// The source of scripts and styles.
    pub assets: AssetSource,
    /// Notifies open WebSocket connections of the shutdown.
    pub shutdown: ShutdownSignal,
    /// Limits the number of open WebSocket connections.
    pub sockets: SocketPermits,
    /// Recent responses.
    pub response_cache: ResponseCache,
    /// The description of the API; the router sets it.
    pub(crate) document: Document,
}

/// Permits for open WebSocket connections.
#[derive(Clone)]
pub struct SocketPermits(pub(crate) Arc<Semaphore>);

/// A signal that becomes true when the server shuts down.
#[derive(Clone)]
pub struct ShutdownSignal(watch::Receiver<bool>);

impl ShutdownSignal {
    /// Creates a signal and its sender.
    #[must_use]
    pub fn channel() -> (watch::Sender<bool>, Self) {
        let (sender, receiver) = watch::channel(false);
        (sender, Self(receiver))
    }

    /// Waits for the shutdown; forever if the sender was dropped.
    pub(crate) async fn wait(&mut self) {
        if self.0.wait_for(|closing| *closing).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl AppState {
    /// Creates the state of an engine.
    ///
    /// `closing` closes open WebSocket connections.
    #[must_use]
    pub fn new(engine: Engine, config: &ServerConfig, shutdown: ShutdownSignal) -> Self {
        let access = AccessPolicy::loopback(config.reload_port);
        Self {
            engine,
            sockets: SocketPermits::new(&access),
            response_cache: ResponseCache::default(),
            document: Document::default(),
            // The base name of the site's files.
            leptos_options: LeptosOptions::builder().output_name("pyruns").build(),
            access,
            assets: AssetSource::new(config.site_dir.clone()),
            shutdown,
        }
    }

    /// Replaces the default access policy.
    #[must_use]
    pub fn with_access(self, access: AccessPolicy) -> Self {
        Self { sockets: SocketPermits::new(&access), access, ..self }
    }
}

impl SocketPermits {
    fn new(access: &AccessPolicy) -> Self {
        Self(Arc::new(Semaphore::new(access.limits().sockets)))
    }
}

/// Settings of the development environment; empty in production.
#[derive(Debug, Clone, Default)]
pub struct ServerConfig {
    /// Serve scripts and styles from this folder instead of the embedded ones.
    pub site_dir: Option<std::path::PathBuf>,
    /// Port of the reload WebSocket of `cargo leptos watch`.
    pub reload_port: Option<u16>,
}

impl ServerConfig {
    /// Reads `PYRUNS_SITE_DIR` and the variables of `cargo leptos watch`.
    #[must_use]
    pub fn from_env() -> Self {
        let watching = std::env::var_os("LEPTOS_WATCH").is_some();
        let port = std::env::var("LEPTOS_RELOAD_PORT").ok().and_then(|port| port.parse().ok());
        Self {
            site_dir: std::env::var_os("PYRUNS_SITE_DIR").map(Into::into),
            reload_port: watching.then(|| port.unwrap_or(3001)),
        }
    }
}
