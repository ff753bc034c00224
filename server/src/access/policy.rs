//! The access policy: allowed hosts, token requirement and limits.

use std::net::IpAddr;
use std::sync::Arc;

use super::Limits;

/// Loopback host names, without port.
const LOCAL_HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Which requests are allowed.
#[derive(Debug, Clone)]
pub struct AccessPolicy {
    /// Allowed host names, without port.
    pub(super) hosts: Arc<[String]>,
    /// Any IP address is allowed as a host, because DNS rebinding needs a name.
    pub(super) any_address: bool,
    /// The owner's processes need the token, too.
    pub(super) always_token: bool,
    /// Whether connections use TLS; then the cookie is `Secure`.
    pub(super) tls: bool,
    /// Port of the development reload WebSocket, which pages may open.
    pub(super) reload_port: Option<u16>,
    /// Limits of requests and connections.
    pub(super) limits: Limits,
}

impl AccessPolicy {
    /// Only this machine, by a loopback host name.
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

    /// Also other machines, by these host names or any IP address. All clients need the token.
    #[must_use]
    pub fn allow_network(self, names: impl IntoIterator<Item = String>) -> Self {
        Self { any_address: true, always_token: true, ..self.with_hosts(names) }
    }

    /// Adds allowed host names.
    #[must_use]
    pub fn with_hosts(self, names: impl IntoIterator<Item = String>) -> Self {
        let bracketed = |name: String| match name.parse() {
            Ok(IpAddr::V6(ip)) => format!("[{ip}]"),
            _ => name,
        };
        let hosts = self.hosts.iter().cloned().chain(names.into_iter().map(bracketed)).collect();
        Self { hosts, ..self }
    }

    /// Sets whether the owner's processes need the token, too.
    #[must_use]
    pub fn with_token(self, always: bool) -> Self {
        Self { always_token: self.always_token || always, ..self }
    }

    /// Sets whether connections use TLS.
    #[must_use]
    pub fn with_tls(self, tls: bool) -> Self {
        Self { tls, ..self }
    }

    /// Replaces the default limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Whether all clients need the token.
    #[must_use]
    pub fn needs_token(&self) -> bool {
        self.always_token
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }
}
