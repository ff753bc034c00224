//! Fallback for kernels without `sock_diag`: searches `/proc/net/tcp` and `tcp6`, which have one line per socket; see
//! `proc_net_tcp` in the kernel's documentation.

use std::io::{self, BufRead, BufReader};
use std::net::{IpAddr, SocketAddr};

use super::{Endpoints, SocketOwner, octets};

/// `TCP_LISTEN`.
const TCP_LISTEN: &str = "0A";

/// The owner of the socket with these addresses, if it exists.
pub(super) fn find(endpoints: Endpoints) -> io::Result<Option<SocketOwner>> {
    let path = if endpoints.peer.is_ipv4() { "/proc/net/tcp" } else { "/proc/net/tcp6" };
    let (own, other) = (format_address(endpoints.peer), format_address(endpoints.local));
    for line in BufReader::new(std::fs::File::open(path)?).lines() {
        if let Some(owner) = read(&line?, &own, &other) {
            return Ok(Some(owner));
        }
    }
    Ok(None)
}

/// `sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode …`
fn read(line: &str, own: &str, other: &str) -> Option<SocketOwner> {
    let mut words = line.split_ascii_whitespace().skip(1);
    let found = words.next()? == own && words.next()? == other && words.next()? != TCP_LISTEN;
    let user = words.nth(3).filter(|_| found)?.parse().ok()?;
    Some(SocketOwner { user, inode: words.nth(1)?.parse().ok()? })
}

/// The address in the table's format: each 32 bits in native byte order, then the port, all hexadecimal.
fn format_address(address: SocketAddr) -> String {
    let octets = octets(address.ip());
    let used = if matches!(address.ip(), IpAddr::V4(_)) { 4 } else { 16 };
    let words = octets[..used].chunks_exact(4).map(|word| {
        let word = word.try_into().map_or(0, u32::from_ne_bytes);
        format!("{word:08X}")
    });
    format!("{}:{:04X}", words.collect::<String>(), address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_by_both_its_ends() {
        let line = "   1: 0100007F:A2F4 0100007F:1FA3 01 00000000:00000000 00:00000000 00000000  1000 \
                    0 90210 1 0000000000000000 20 4 30 10 -1";
        let (own, other) = ("0100007F:A2F4", "0100007F:1FA3");
        assert_eq!(read(line, own, other), Some(SocketOwner { user: 1000, inode: 90210 }));
        assert_eq!(read(line, other, own), None);
        assert_eq!(read(&line.replace(" 01 ", " 0A "), own, other), None);
        assert_eq!(read("  sl  local_address rem_address", own, other), None);
    }

    #[test]
    #[cfg(target_endian = "little")]
    fn addresses_are_written_as_the_kernel_does() {
        assert_eq!(format_address("127.0.0.1:8099".parse().unwrap()), "0100007F:1FA3");
        let six = format_address("[::1]:8099".parse().unwrap());
        assert_eq!(six, "00000000000000000000000001000000:1FA3");
    }
}
