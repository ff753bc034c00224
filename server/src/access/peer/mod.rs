//! Who is at the other end of a connection, as the kernel knows it.

mod netlink;
mod proc_table;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use rustix::process::geteuid;
use tokio::net::{TcpListener, TcpStream};

/// The user that the kernel shows in place of one that this process's namespace does not know.
const UNKNOWN_USER: u32 = 65534;

/// Whose process is at the other end. Travels with each request of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// A process of the user that the server runs as.
    Owner,
    /// Another user's, or one that the kernel cannot tell.
    Stranger,
}

/// A socket of this machine, as the tables of the kernel show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Holder {
    user: u32,
    /// 0 once no process holds the socket any more; then the user means nothing.
    inode: u32,
}

/// The two ends of the peer's socket: its own address, and ours.
#[derive(Debug, Clone, Copy)]
struct Ends {
    peer: SocketAddr,
    ours: SocketAddr,
}

impl Peer {
    /// Asks the kernel whose socket the other end is. Once per connection: a socket does not change
    /// its user.
    pub(crate) fn of(stream: &TcpStream) -> Self {
        let (Ok(peer), Ok(ours)) = (stream.peer_addr(), stream.local_addr()) else {
            return Self::Stranger;
        };
        let ends = Ends { peer: canonical(peer), ours: canonical(ours) };
        if !ends.peer.ip().is_loopback() || !ends.ours.ip().is_loopback() {
            return Self::Stranger;
        }
        let me = geteuid().as_raw();
        let holder = netlink::find(ends).or_else(|_| proc_table::find(ends)).ok().flatten();
        let is_mine = |holder: Holder| holder.user == me && me != UNKNOWN_USER && holder.inode != 0;
        // Asked after the table: as long as the connection is there, nobody else can have the same
        // two addresses, so what was found is the socket that this one is connected to.
        let still_there = || stream.peer_addr().is_ok();
        if holder.is_some_and(is_mine) && still_there() { Self::Owner } else { Self::Stranger }
    }

    /// Whether the kernel tells about connections at all, found out with one to ourselves.
    pub(crate) async fn can_be_told() -> bool {
        let connect = async {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
            let client = TcpStream::connect(listener.local_addr()?).await?;
            let (accepted, _) = listener.accept().await?;
            std::io::Result::Ok((client, accepted))
        };
        matches!(connect.await, Ok((_client, accepted)) if Self::of(&accepted) == Self::Owner)
    }
}

/// An IPv4 address as such, also where the listener is an IPv6 one.
fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

/// The address as the kernel writes it: 4 or 16 bytes in network order.
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
        // There are machines without IPv6.
        let listener = TcpListener::bind((ip, 0)).await.ok()?;
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (accepted, _) = listener.accept().await.unwrap();
        Some((client, accepted))
    }

    #[tokio::test]
    async fn both_tables_know_our_own_connection() {
        for ip in ["127.0.0.1", "::1"] {
            let Some((client, accepted)) = pair(ip).await else { continue };
            let ends =
                Ends { peer: client.local_addr().unwrap(), ours: accepted.local_addr().unwrap() };
            let by_netlink = netlink::find(ends).unwrap().expect("netlink knows it");
            let by_table = proc_table::find(ends).unwrap().expect("the table knows it");
            assert_eq!(by_netlink, by_table, "{ip}");
            assert_eq!(by_netlink.user, geteuid().as_raw());
            assert_ne!(by_netlink.inode, 0);
            assert_eq!(Peer::of(&accepted), Peer::Owner);
        }
    }

    #[tokio::test]
    async fn a_peer_that_has_left_is_nobody() {
        let (client, accepted) = pair("127.0.0.1").await.unwrap();
        drop(client);
        assert_eq!(Peer::of(&accepted), Peer::Stranger, "its socket has no holder any more");
        let (client, accepted) = pair("127.0.0.1").await.unwrap();
        client.set_zero_linger().unwrap();
        drop(client);
        assert_eq!(Peer::of(&accepted), Peer::Stranger, "the connection was reset");
    }

    #[tokio::test]
    async fn a_listener_on_the_same_port_is_not_taken_for_the_peer() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let ends = Ends {
            peer: listener.local_addr().unwrap(),
            ours: SocketAddr::from(([127, 0, 0, 1], 9)),
        };
        assert_eq!(netlink::find(ends).unwrap(), None);
        assert_eq!(proc_table::find(ends).unwrap(), None);
    }

    #[tokio::test]
    async fn the_kernel_tells() {
        assert!(Peer::can_be_told().await);
    }
}
