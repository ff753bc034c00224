//! Asking for one socket by its two ends: `sock_diag(7)`. Takes the same time however many there are.
//!
//! Layouts: `struct nlmsghdr`, `inet_diag_req_v2` and `inet_diag_msg` of the kernel's headers.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, netlink, recv, send, socket_with,
};

use super::{Ends, Holder, octets};

const HEADER_BYTES: usize = 16;
const REQUEST_BYTES: usize = HEADER_BYTES + 8 + ID_BYTES;
/// `struct inet_diag_sockid`.
const ID_BYTES: usize = 48;
/// `SOCK_DIAG_BY_FAMILY`, of questions and answers.
const BY_FAMILY: u16 = 20;
/// `NLM_F_REQUEST`.
const IS_REQUEST: u16 = 1;
/// `NLMSG_ERROR`.
const IS_ERROR: u16 = 2;
const TCP: u8 = 6;
/// `TCP_LISTEN`: a listener answers for sockets that are not there.
const LISTENS: u8 = 10;
/// The kernel answers at once; this is for one that does not.
const PATIENCE: Duration = Duration::from_millis(200);

/// The socket with these ends, if there is one.
pub(super) fn find(ends: Ends) -> io::Result<Option<Holder>> {
    let socket = socket_with(
        AddressFamily::NETLINK,
        SocketType::DGRAM,
        SocketFlags::CLOEXEC,
        Some(netlink::SOCK_DIAG),
    )?;
    set_socket_timeout(&socket, Timeout::Recv, Some(PATIENCE))?;
    let request = request(ends);
    send(&socket, &request, SendFlags::empty())?;
    let mut answer = [0; 512];
    let (_, length) = recv(&socket, &mut answer[..], RecvFlags::empty())?;
    read(&answer[..length.min(answer.len())], ends)
}

fn request(ends: Ends) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(REQUEST_BYTES);
    bytes.extend(u32::try_from(REQUEST_BYTES).unwrap_or_default().to_ne_bytes());
    bytes.extend(BY_FAMILY.to_ne_bytes());
    bytes.extend(IS_REQUEST.to_ne_bytes());
    bytes.extend([0; 8]); // sequence and port: one question a socket
    let family = if ends.peer.is_ipv4() { AddressFamily::INET } else { AddressFamily::INET6 };
    bytes.extend([u8::try_from(family.as_raw()).unwrap_or_default(), TCP, 0, 0]);
    bytes.extend(u32::MAX.to_ne_bytes()); // whatever its state
    bytes.extend(ports(ends));
    bytes.extend(octets(ends.peer.ip()));
    bytes.extend(octets(ends.ours.ip()));
    bytes.extend([0; 4]); // any interface
    bytes.extend([0xFF; 8]); // INET_DIAG_NOCOOKIE
    bytes
}

/// Both in network order, the socket's own first.
fn ports(ends: Ends) -> impl Iterator<Item = u8> {
    let port = |address: SocketAddr| address.port().to_be_bytes();
    port(ends.peer).into_iter().chain(port(ends.ours))
}

fn read(answer: &[u8], ends: Ends) -> io::Result<Option<Holder>> {
    let short = || io::Error::new(io::ErrorKind::InvalidData, "a short answer of sock_diag");
    let u32_at = |place: usize| {
        let bytes = answer.get(place..place + 4).ok_or_else(short)?;
        Ok::<_, io::Error>(u32::from_ne_bytes(bytes.try_into().map_err(|_| short())?))
    };
    let kind = answer.get(4..6).ok_or_else(short)?;
    if kind == IS_ERROR.to_ne_bytes() {
        let errno = u32_at(HEADER_BYTES)?.cast_signed().saturating_neg();
        let error = io::Error::from_raw_os_error(errno);
        return if error.kind() == io::ErrorKind::NotFound { Ok(None) } else { Err(error) };
    }
    if kind != BY_FAMILY.to_ne_bytes() {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "sock_diag answers something else"));
    }
    let state = *answer.get(HEADER_BYTES + 1).ok_or_else(short)?;
    let id = HEADER_BYTES + 4;
    let same = answer.get(id..id + 4).is_some_and(|given| given.iter().copied().eq(ports(ends)));
    if state == LISTENS || !same {
        return Ok(None);
    }
    // After the id: expires, rqueue, wqueue, uid, inode.
    let rest = id + ID_BYTES;
    Ok(Some(Holder { user: u32_at(rest + 12)?, inode: u32_at(rest + 16)? }))
}
