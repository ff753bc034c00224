//! What every handler can reach.

use std::sync::Arc;

use axum::extract::FromRef;
use engine::Engine;
use leptos::config::LeptosOptions;
use tokio::sync::{Semaphore, watch};

use crate::access::AccessPolicy;
use crate::api::ResponseCache;
use crate::assets::AssetSource;

/// The state of the router; each handler extracts the part it needs.
#[derive(Clone, FromRef)]
pub struct AppState {
    /// Everything Pyruns can do.
    pub engine: Engine,
    /// How pages find their scripts.
    pub leptos_options: LeptosOptions,
    /// Who may come in.
    pub access: AccessPolicy,
    /// Where scripts and styles are read from.
    pub assets: AssetSource,
    /// Tells open sockets that the server ends.
    pub closing: Closing,
    /// How many more sockets may be opened.
    pub sockets: SocketPlaces,
    /// Pages of tasks that were just answered.
    pub response_cache: ResponseCache,
}

/// A place for each socket that may be open.
#[derive(Clone)]
pub struct SocketPlaces(pub(crate) Arc<Semaphore>);

/// Becomes true once, when the server ends.
#[derive(Clone)]
pub struct Closing(watch::Receiver<bool>);

impl Closing {
    /// The signal, and the sender that gives it.
    #[must_use]
    pub fn channel() -> (watch::Sender<bool>, Self) {
        let (sender, receiver) = watch::channel(false);
        (sender, Self(receiver))
    }

    /// Waits for the end; for ever when nobody can announce it.
    pub(crate) async fn wait(&mut self) {
        if self.0.wait_for(|closing| *closing).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl AppState {
    /// The state around an engine.
    ///
    /// `config` says what the environment asks for; `closing` ends open sockets.
    #[must_use]
    pub fn new(engine: Engine, config: &ServerConfig, closing: Closing) -> Self {
        let access = AccessPolicy::loopback(config.reload_port);
        Self {
            engine,
            sockets: SocketPlaces::new(&access),
            response_cache: ResponseCache::default(),
            // The name under which the site's files are built.
            leptos_options: LeptosOptions::builder().output_name("pyruns").build(),
            access,
            assets: AssetSource::new(config.site_dir.clone()),
            closing,
        }
    }

    /// With another access policy than the usual one.
    #[must_use]
    pub fn with_access(self, access: AccessPolicy) -> Self {
        Self { sockets: SocketPlaces::new(&access), access, ..self }
    }
}

impl SocketPlaces {
    fn new(access: &AccessPolicy) -> Self {
        Self(Arc::new(Semaphore::new(access.limits().sockets)))
    }
}

/// What the environment says about the development loop. Empty for users.
#[derive(Debug, Clone, Default)]
pub struct ServerConfig {
    /// Serve scripts and styles from this folder in place of the built-in ones.
    pub site_dir: Option<std::path::PathBuf>,
    /// Port of the reload socket that `cargo leptos watch` opens.
    pub reload_port: Option<u16>,
}

impl ServerConfig {
    /// Reads `PYRUNS_SITE_DIR`, and what `cargo leptos watch` sets.
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
