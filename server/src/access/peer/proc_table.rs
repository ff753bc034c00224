//! The same from `/proc/net/tcp` and `tcp6`, where the kernel does not speak `sock_diag`: a line a socket,
//! see `proc_net_tcp` in the kernel's documentation.

use std::io::{self, BufRead, BufReader};
use std::net::{IpAddr, SocketAddr};

use super::{Ends, Holder, octets};

/// `TCP_LISTEN`.
const LISTENS: &str = "0A";

/// The socket with these ends, if there is one.
pub(super) fn find(ends: Ends) -> io::Result<Option<Holder>> {
    let path = if ends.peer.is_ipv4() { "/proc/net/tcp" } else { "/proc/net/tcp6" };
    let (own, other) = (written(ends.peer), written(ends.ours));
    for line in BufReader::new(std::fs::File::open(path)?).lines() {
        if let Some(holder) = read(&line?, &own, &other) {
            return Ok(Some(holder));
        }
    }
    Ok(None)
}

/// `sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode …`
fn read(line: &str, own: &str, other: &str) -> Option<Holder> {
    let mut words = line.split_ascii_whitespace().skip(1);
    let found = words.next()? == own && words.next()? == other && words.next()? != LISTENS;
    let user = words.nth(3).filter(|_| found)?.parse().ok()?;
    Some(Holder { user, inode: words.nth(1)?.parse().ok()? })
}

/// Each 32 bits of the address as a number of this machine, then the port, all hexadecimal.
fn written(address: SocketAddr) -> String {
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
        assert_eq!(read(line, own, other), Some(Holder { user: 1000, inode: 90210 }));
        assert_eq!(read(line, other, own), None);
        assert_eq!(read(&line.replace(" 01 ", " 0A "), own, other), None);
        assert_eq!(read("  sl  local_address rem_address", own, other), None);
    }

    #[test]
    #[cfg(target_endian = "little")]
    fn addresses_are_written_as_the_kernel_does() {
        assert_eq!(written("127.0.0.1:8099".parse().unwrap()), "0100007F:1FA3");
        let six = written("[::1]:8099".parse().unwrap());
        assert_eq!(six, "00000000000000000000000001000000:1FA3");
    }
}
