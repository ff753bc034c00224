//! Which clients the server answers, and within which limits.

use std::net::IpAddr;
use std::sync::Arc;

use super::Limits;

/// The names of this machine for itself, without port.
const LOCAL_HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Which clients the server answers.
#[derive(Debug, Clone)]
pub struct AccessPolicy {
    /// Host names under which it may be addressed, without port.
    pub(super) hosts: Arc<[String]>,
    /// Any IP address is accepted as a host: it has no DNS name that could be rebound.
    pub(super) any_address: bool,
    /// Even the owner's processes need the token.
    pub(super) always_token: bool,
    /// Whether connections are encrypted, so that the cookie must be too.
    pub(super) tls: bool,
    /// Port of the development loop's reload socket, which pages may then open.
    pub(super) reload_port: Option<u16>,
    /// Limits of requests and connections.
    pub(super) limits: Limits,
}

impl AccessPolicy {
    /// Only this machine, addressed by a name that is its own.
    #[must_use]
    pub fn loopback(reload_port: Option<u16>) -> Self {
        Self {
            hosts: LOCAL_HOSTS.map(str::to_owned).into(),
            any_address: false,
            always_token: false,
            tls: false,
            reload_port,
            limits: Limits::default(),
        }
    }

    /// Also others: they may call the server by these names or by any address in numbers, and all
    /// need the token.
    #[must_use]
    pub fn open_to(self, names: impl IntoIterator<Item = String>) -> Self {
        Self { any_address: true, always_token: true, ..self.also_called(names) }
    }

    /// Also answers to these names.
    #[must_use]
    pub fn also_called(self, names: impl IntoIterator<Item = String>) -> Self {
        let bracketed = |name: String| match name.parse() {
            Ok(IpAddr::V6(ip)) => format!("[{ip}]"),
            _ => name,
        };
        let hosts = self.hosts.iter().cloned().chain(names.into_iter().map(bracketed)).collect();
        Self { hosts, ..self }
    }

    /// Whether even the owner's processes need the token.
    #[must_use]
    pub fn with_token(self, always: bool) -> Self {
        Self { always_token: self.always_token || always, ..self }
    }

    /// Whether connections are encrypted.
    #[must_use]
    pub fn with_tls(self, tls: bool) -> Self {
        Self { tls, ..self }
    }

    /// With other limits than the usual ones.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Whether nobody comes in without the token.
    #[must_use]
    pub fn needs_token(&self) -> bool {
        self.always_token
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }
}
