//! How to serve, and why it may not be possible.

use std::io;
use std::path::PathBuf;

use crate::access::Limits;
use crate::state::ServerConfig;

/// Where to listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortChoice {
    /// This port or none; 0 lets the system choose.
    Exactly(u16),
    /// The first free one from here to 100 above.
    FirstFreeFrom(u16),
}

/// How to serve. The default listens on loopback and lets in the user's own processes.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// The address or name to listen on; anything but loopback needs the token.
    pub host: String,
    /// Its port.
    pub port: PortChoice,
    /// Ask even the user's own processes for the token.
    pub require_token: bool,
    /// More names under which the server may be addressed, such as a proxy's.
    pub allowed_hosts: Vec<String>,
    /// Encrypt with this certificate.
    pub tls: Option<TlsFiles>,
    /// What one client may take.
    pub limits: Limits,
    /// What the environment says.
    pub config: ServerConfig,
}

impl ServeOptions {
    /// Loopback, without anything to configure.
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

/// A certificate and its key, PEM.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The server's certificate, then those that lead to a known one.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Why the server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The wanted port is taken.
    #[error(
        "Port {1} is already in use on {0}. Choose another one with -p, or end the program that uses it."
    )]
    PortTaken(String, u16),
    /// No port of the range is free.
    #[error("No port from {1} to {2} is free on {0}. Choose another one with -p.")]
    NoFreePort(String, u16, u16),
    /// The system refused for another reason.
    #[error("listening on {host}:{port}: {source}")]
    Listen {
        /// The address or name.
        host: String,
        /// The port.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The certificate or its key cannot be used.
    #[error("reading the certificate {}: {reason}", path.display())]
    Certificate {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The token cannot be read or made.
    #[error(transparent)]
    Token(#[from] engine::Error),
}
