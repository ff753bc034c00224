//! Identifies the user of a local connection's peer with the kernel's socket tables.

mod netlink;
mod proc_table;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use rustix::process::geteuid;
use tokio::net::{TcpListener, TcpStream};

/// The overflow user id, which replaces users without a mapping in this user namespace.
const UNKNOWN_USER: u32 = 65534;

/// The user of the peer, an extension of each request of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// A process of the server's user.
    Owner,
    /// A process of another user, or an unknown one.
    Other,
}

/// The owner of a socket in the kernel's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct SocketOwner {
    user: u32,
    /// 0 if no process has the socket open; then the user is not valid.
    inode: u32,
}

/// The addresses of the peer's socket: its own, and ours.
#[derive(Debug, Clone, Copy)]
struct Endpoints {
    peer: SocketAddr,
    local: SocketAddr,
}

impl Peer {
    /// Queries the user of the peer's socket. Called once per connection, because the user of a socket does not change.
    pub(crate) fn of(stream: &TcpStream) -> Self {
        let (Ok(peer), Ok(local)) = (stream.peer_addr(), stream.local_addr()) else {
            return Self::Other;
        };
        let endpoints = Endpoints { peer: canonical(peer), local: canonical(local) };
        if !endpoints.peer.ip().is_loopback() || !endpoints.local.ip().is_loopback() {
            return Self::Other;
        }
        let me = geteuid().as_raw();
        let owner =
            netlink::find(endpoints).or_else(|_| proc_table::find(endpoints)).ok().flatten();
        let is_mine =
            |owner: SocketOwner| owner.user == me && me != UNKNOWN_USER && owner.inode != 0;
        // Checked after the query: while the connection exists, no other socket can have the same addresses, so the
        // entry is that of the peer.
        let is_connected = || stream.peer_addr().is_ok();
        if owner.is_some_and(is_mine) && is_connected() { Self::Owner } else { Self::Other }
    }

    /// Whether the kernel supports the query, tested with a connection to ourselves.
    pub(crate) async fn is_supported() -> bool {
        let connect = async {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
            let client = TcpStream::connect(listener.local_addr()?).await?;
            let (accepted, _) = listener.accept().await?;
            std::io::Result::Ok((client, accepted))
        };
        matches!(connect.await, Ok((_client, accepted)) if Self::of(&accepted) == Self::Owner)
    }
}

/// Converts an IPv4-mapped IPv6 address to IPv4.
fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

/// The address in the kernel's format: 4 or 16 bytes in network order.
fn octets(ip: IpAddr) -> [u8; 16] {
    match ip {
        IpAddr::V6(ip) => ip.octets(),
        IpAddr::V4(ip) => {
            let mut octets = [0; 16];
            octets[..4].copy_from_slice(&ip.octets());
            octets
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pair(ip: &str) -> Option<(TcpStream, TcpStream)> {
        // IPv6 may not be available.
        let listener = TcpListener::bind((ip, 0)).await.ok()?;
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (accepted, _) = listener.accept().await.unwrap();
        Some((client, accepted))
    }

    #[tokio::test]
    async fn both_tables_know_our_own_connection() {
        for ip in ["127.0.0.1", "::1"] {
            let Some((client, accepted)) = pair(ip).await else { continue };
            let endpoints = Endpoints {
                peer: client.local_addr().unwrap(),
                local: accepted.local_addr().unwrap(),
            };
            let by_netlink = netlink::find(endpoints).unwrap().expect("netlink knows it");
            let by_table = proc_table::find(endpoints).unwrap().expect("the table knows it");
            assert_eq!(by_netlink, by_table, "{ip}");
            assert_eq!(by_netlink.user, geteuid().as_raw());
            assert_ne!(by_netlink.inode, 0);
            assert_eq!(Peer::of(&accepted), Peer::Owner);
        }
    }

    #[tokio::test]
    async fn a_closed_connection_has_no_peer() {
        let (client, accepted) = pair("127.0.0.1").await.unwrap();
        drop(client);
        assert_eq!(Peer::of(&accepted), Peer::Other, "its socket has no holder any more");
        let (client, accepted) = pair("127.0.0.1").await.unwrap();
        client.set_zero_linger().unwrap();
        drop(client);
        assert_eq!(Peer::of(&accepted), Peer::Other, "the connection was reset");
    }

    #[tokio::test]
    async fn a_listener_on_the_same_port_is_not_taken_for_the_peer() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let endpoints = Endpoints {
            peer: listener.local_addr().unwrap(),
            local: SocketAddr::from(([127, 0, 0, 1], 9)),
        };
        assert_eq!(netlink::find(endpoints).unwrap(), None);
        assert_eq!(proc_table::find(endpoints).unwrap(), None);
    }

    #[tokio::test]
    async fn the_kernel_reports_the_owner() {
        assert!(Peer::is_supported().await);
    }
}
