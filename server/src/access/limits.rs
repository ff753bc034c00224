//! Limits of requests and connections.

use std::time::Duration;

/// What one client may take, so that there is enough left for the others.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The most bytes of a body.
    pub body_bytes: usize,
    /// How long a body may take to arrive.
    pub body_time: Duration,
    /// How long a request's head may take, and how long an idle connection is kept.
    pub head_time: Duration,
    /// The most bytes of a request's headers.
    pub head_bytes: usize,
    /// The most headers of a request.
    pub headers: usize,
    /// The most bytes of an address with its query.
    pub address_bytes: usize,
    /// The most connections of the owner's processes at a time.
    pub connections: usize,
    /// The most connections of anybody else. Their own count, so that they cannot keep the owner out.
    pub foreign_connections: usize,
    /// The most WebSocket connections that are open at a time.
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
