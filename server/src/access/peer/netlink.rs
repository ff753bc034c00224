//! Queries one socket by its two addresses with `sock_diag(7)`, in constant time.
//!
//! See `struct nlmsghdr`, `inet_diag_req_v2` and `inet_diag_msg` in the kernel's headers for the layouts.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, netlink, recv, send, socket_with,
};

use super::{Endpoints, SocketOwner, octets};

const HEADER_BYTES: usize = 16;
const REQUEST_BYTES: usize = HEADER_BYTES + 8 + ID_BYTES;
/// `struct inet_diag_sockid`.
const ID_BYTES: usize = 48;
/// Message type of requests and replies.
const SOCK_DIAG_BY_FAMILY: u16 = 20;
/// `NLM_F_REQUEST`.
const NLM_F_REQUEST: u16 = 1;
/// `NLMSG_ERROR`.
const NLMSG_ERROR: u16 = 2;
const TCP: u8 = 6;
/// Socket state. The kernel returns a listener if no connected socket matches.
const TCP_LISTEN: u8 = 10;
/// Normally the kernel replies at once.
const TIMEOUT: Duration = Duration::from_millis(200);

/// The owner of the socket with these addresses, if it exists.
pub(super) fn find(endpoints: Endpoints) -> io::Result<Option<SocketOwner>> {
    let socket = socket_with(
        AddressFamily::NETLINK,
        SocketType::DGRAM,
        SocketFlags::CLOEXEC,
        Some(netlink::SOCK_DIAG),
    )?;
    set_socket_timeout(&socket, Timeout::Recv, Some(TIMEOUT))?;
    let request = request(endpoints);
    send(&socket, &request, SendFlags::empty())?;
    let mut reply = [0; 512];
    let (_, length) = recv(&socket, &mut reply[..], RecvFlags::empty())?;
    read(&reply[..length.min(reply.len())], endpoints)
}

fn request(endpoints: Endpoints) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(REQUEST_BYTES);
    bytes.extend(u32::try_from(REQUEST_BYTES).unwrap_or_default().to_ne_bytes());
    bytes.extend(SOCK_DIAG_BY_FAMILY.to_ne_bytes());
    bytes.extend(NLM_F_REQUEST.to_ne_bytes());
    bytes.extend([0; 8]); // sequence and port: one question a socket
    let family = if endpoints.peer.is_ipv4() { AddressFamily::INET } else { AddressFamily::INET6 };
    bytes.extend([u8::try_from(family.as_raw()).unwrap_or_default(), TCP, 0, 0]);
    bytes.extend(u32::MAX.to_ne_bytes()); // whatever its state
    bytes.extend(ports(endpoints));
    bytes.extend(octets(endpoints.peer.ip()));
    bytes.extend(octets(endpoints.local.ip()));
    bytes.extend([0; 4]); // any interface
    bytes.extend([0xFF; 8]); // INET_DIAG_NOCOOKIE
    bytes
}

/// Both ports in network order, that of the socket first.
fn ports(endpoints: Endpoints) -> impl Iterator<Item = u8> {
    let port = |address: SocketAddr| address.port().to_be_bytes();
    port(endpoints.peer).into_iter().chain(port(endpoints.local))
}

fn read(reply: &[u8], endpoints: Endpoints) -> io::Result<Option<SocketOwner>> {
    let short =
        || io::Error::new(io::ErrorKind::InvalidData, "sock_diag sent a truncated response");
    let u32_at = |offset: usize| {
        let bytes = reply.get(offset..offset + 4).ok_or_else(short)?;
        Ok::<_, io::Error>(u32::from_ne_bytes(bytes.try_into().map_err(|_| short())?))
    };
    let kind = reply.get(4..6).ok_or_else(short)?;
    if kind == NLMSG_ERROR.to_ne_bytes() {
        let errno = u32_at(HEADER_BYTES)?.cast_signed().saturating_neg();
        let error = io::Error::from_raw_os_error(errno);
        return if error.kind() == io::ErrorKind::NotFound { Ok(None) } else { Err(error) };
    }
    if kind != SOCK_DIAG_BY_FAMILY.to_ne_bytes() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "sock_diag sent an unexpected response",
        ));
    }
    let state = *reply.get(HEADER_BYTES + 1).ok_or_else(short)?;
    let id = HEADER_BYTES + 4;
    let same =
        reply.get(id..id + 4).is_some_and(|given| given.iter().copied().eq(ports(endpoints)));
    if state == TCP_LISTEN || !same {
        return Ok(None);
    }
    // After the id: expires, rqueue, wqueue, uid, inode.
    let rest = id + ID_BYTES;
    Ok(Some(SocketOwner { user: u32_at(rest + 12)?, inode: u32_at(rest + 16)? }))
}
