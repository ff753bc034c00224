//! Binds the listener, and raises the file descriptor limit.

use std::io;
use std::net::SocketAddr;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::TcpListener;

use super::options::{PortChoice, ServeError};
use crate::access::Limits;

/// Number of further ports that are tried.
const PORT_RANGE: u16 = 100;
/// File descriptors for other purposes than connections.
const OWN_FILES: u64 = 1024;

/// Binds the first free port.
pub(super) async fn listen(
    host: &str,
    choice: PortChoice,
) -> Result<(TcpListener, SocketAddr), ServeError> {
    // IPv6 addresses may be given in brackets.
    let name = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let (first, last) = match choice {
        PortChoice::Exactly(port) => (port, port),
        PortChoice::FirstFreeFrom(port) => (port, port.saturating_add(PORT_RANGE)),
    };
    for port in first..=last {
        let bound = TcpListener::bind((name, port)).await;
        match bound.and_then(|listener| listener.local_addr().map(|address| (listener, address))) {
            Ok(bound) => return Ok(bound),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(source) => return Err(ServeError::Listen { host: host.to_owned(), port, source }),
        }
    }
    Err(match choice {
        PortChoice::Exactly(port) => ServeError::PortTaken(host.to_owned(), port),
        PortChoice::FirstFreeFrom(_) => ServeError::NoFreePort(host.to_owned(), first, last),
    })
}

/// Raises the limit of open files for the maximum number of connections, as far as the system allows.
pub(super) fn raise_file_limit(limits: &Limits) {
    let wanted = (limits.connections + limits.foreign_connections) as u64 + OWN_FILES;
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let possible = maximum.map_or(wanted, |maximum| maximum.min(wanted));
    if current.is_some_and(|current| current < possible) {
        // On error, fewer connections are possible, which `accept_all` handles.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(possible), maximum });
    }
}
