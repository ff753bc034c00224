//! Options and errors of the server.

use std::io;
use std::path::PathBuf;

use crate::access::Limits;
use crate::state::ServerConfig;

/// The choice of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortChoice {
    /// Only this port; 0 lets the system choose.
    Exactly(u16),
    /// The first free port from this one to 100 above.
    FirstFreeFrom(u16),
}

/// Options of the server. By default it listens on loopback and allows the user's own processes.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// The address or host name to listen on. All but loopback require the token.
    pub host: String,
    /// The port.
    pub port: PortChoice,
    /// Require the token of the user's own processes, too.
    pub require_token: bool,
    /// Additional allowed host names, such as that of a proxy.
    pub allowed_hosts: Vec<String>,
    /// Use TLS with this certificate.
    pub tls: Option<TlsFiles>,
    /// Limits of requests and connections.
    pub limits: Limits,
    /// Settings of the development environment.
    pub config: ServerConfig,
}

impl ServeOptions {
    /// Loopback with default options.
    #[must_use]
    pub fn local(port: PortChoice) -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port,
            require_token: false,
            allowed_hosts: Vec::new(),
            tls: None,
            limits: Limits::default(),
            config: ServerConfig::default(),
        }
    }
}

/// Paths of a certificate and its key in PEM format.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The certificate chain, that of the server first.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// Why the server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The requested port is in use.
    #[error(
        "Port {1} is already in use on {0}. Choose another one with -p, or end the program that uses it."
    )]
    PortTaken(String, u16),
    /// No port of the range is free.
    #[error("No port from {1} to {2} is free on {0}. Choose another one with -p.")]
    NoFreePort(String, u16, u16),
    /// Another I/O error.
    #[error("listening on {host}:{port}: {source}")]
    Listen {
        /// The address or name.
        host: String,
        /// The port.
        port: u16,
        /// The I/O error.
        source: io::Error,
    },
    /// The certificate or its key cannot be used.
    #[error("reading the certificate {}: {reason}", path.display())]
    Certificate {
        /// The file.
        path: PathBuf,
        /// The reason.
        reason: String,
    },
    /// The token cannot be read or created.
    #[error(transparent)]
    Token(#[from] engine::Error),
}
