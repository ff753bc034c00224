//! Limits of requests and connections.

use std::time::Duration;

/// Limits that prevent a client from exhausting the server.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Maximum size of a body.
    pub body_bytes: usize,
    /// Maximum time to receive a body.
    pub body_time: Duration,
    /// Maximum time to receive the head of a request, and idle timeout of a connection.
    pub head_time: Duration,
    /// Maximum total size of the headers.
    pub head_bytes: usize,
    /// Maximum number of headers.
    pub headers: usize,
    /// Maximum length of a URL with its query.
    pub address_bytes: usize,
    /// Maximum number of connections of the owner's processes.
    pub connections: usize,
    /// Maximum number of other connections. Counted separately, so that they cannot block the owner.
    pub foreign_connections: usize,
    /// Maximum number of open WebSocket connections.
    pub sockets: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 4 << 20,
            body_time: Duration::from_secs(30),
            head_time: Duration::from_secs(30),
            head_bytes: 64 << 10,
            headers: 100,
            address_bytes: 16 << 10,
            connections: 4096,
            foreign_connections: 512,
            sockets: 2048,
        }
    }
}
