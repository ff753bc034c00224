//! The start URL and the host names of the server.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use engine::Engine;
use rustix::system::uname;

use super::options::{ServeError, ServeOptions};
use crate::access::AccessPolicy;

/// The URL for a browser, with the token if it is required.
pub(super) fn start_url(
    engine: &Engine,
    options: &ServeOptions,
    access: &AccessPolicy,
    address: SocketAddr,
) -> Result<String, ServeError> {
    let scheme = if options.tls.is_some() { "https" } else { "http" };
    let port = address.port();
    let host = match address.ip() {
        ip if !ip.is_unspecified() => bracketed(&options.host, ip),
        IpAddr::V4(_) | IpAddr::V6(_) => machine(),
    };
    let url = format!("{scheme}://{host}:{port}");
    if !access.needs_token() {
        return Ok(url);
    }
    Ok(format!("{url}/?token={}", engine.token()?.as_str()))
}

/// The host names of this machine for other machines.
pub(super) fn names_of(host: &str, address: SocketAddr) -> Vec<String> {
    let machine = machine();
    let short = machine.split('.').next().unwrap_or_default();
    let local = format!("{short}.local");
    let mut names = vec![short.to_owned(), local, machine.clone()];
    if !address.ip().is_unspecified() {
        names.push(host.trim_matches(['[', ']']).to_owned());
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The host for a URL: a name as given, an IPv6 address in brackets.
fn bracketed(host: &str, ip: IpAddr) -> String {
    let loopback = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
    let host = host.trim_matches(['[', ']']);
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V6(ip)) => format!("[{ip}]"),
        Ok(ip) => ip.to_string(),
        Err(_) if loopback.contains(&ip) => "localhost".to_owned(),
        Err(_) => host.to_owned(),
    }
}

fn machine() -> String {
    uname().nodename().to_string_lossy().into_owned()
}
