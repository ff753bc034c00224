//! Host allow-list, which prevents DNS rebinding.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::header::HOST;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use common::ApiError;

use super::AccessPolicy;
use crate::error::ApiFailure;

impl AccessPolicy {
    /// Whether a Host header, or the authority of an absolute request target, is allowed.
    fn accepts_host(&self, authority: &str) -> bool {
        let (name, port) = match authority.rfind(':') {
            // The last colon of a bare IPv6 address is inside its brackets.
            Some(colon) if !authority.ends_with(']') => {
                (&authority[..colon], Some(&authority[colon + 1..]))
            }
            _ => (authority, None),
        };
        let is_address = || {
            let name = name.strip_prefix('[').and_then(|n| n.strip_suffix(']')).unwrap_or(name);
            name.parse::<IpAddr>().is_ok()
        };
        port.is_none_or(|port| port.parse::<u16>().is_ok())
            && (self.hosts.iter().any(|host| host.eq_ignore_ascii_case(name))
                || self.any_address && is_address())
    }
}

impl AccessPolicy {
    fn allowed_hosts_text(&self) -> String {
        let more = if self.any_address { " and to IP addresses" } else { "" };
        let [first @ .., last] = &*self.hosts else { return String::new() };
        format!("This server answers only to {} and {last}{more}.", first.join(", "))
    }
}

/// Rejects requests to other host names.
///
/// This prevents DNS rebinding: a page at `evil.example`, whose name now resolves to 127.0.0.1, is same-origin for the
/// browser, but its requests still have the original host name.
pub(super) async fn check_host(
    State(access): State<AccessPolicy>,
    request: Request,
    next: Next,
) -> Response {
    let mut hosts = request.headers().get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let only_one = hosts.next().is_none();
    let target =
        request.uri().authority().is_none_or(|target| access.accepts_host(target.as_str()));
    if only_one && target && host.is_some_and(|host| access.accepts_host(host)) {
        return next.run(request).await;
    }
    ApiFailure(ApiError::Forbidden(access.allowed_hosts_text())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_known() {
        let access = AccessPolicy::loopback(None);
        for host in ["localhost", "LOCALHOST:8099", "127.0.0.1:1", "[::1]", "[::1]:8099"] {
            assert!(access.accepts_host(host), "{host}");
        }
        for host in [
            "",
            ":",
            "localhost:",
            "localhost:x",
            "localhost.evil.example",
            "evil.example:8099",
            "127.0.0.1.nip.io",
            "::1",
            "127.0.0.1:99999",
            "user@localhost",
            "localhost:80:80",
        ] {
            assert!(!access.accepts_host(host), "{host}");
        }
    }

    #[test]
    fn open_to_others_it_also_goes_by_numbers_and_by_its_names() {
        let access =
            AccessPolicy::loopback(None).allow_network(["gpu1".to_owned(), "fe80::1".to_owned()]);
        for host in ["gpu1:8099", "GPU1", "192.168.1.5:8099", "[2001:db8::1]:8099", "[fe80::1]"] {
            assert!(access.accepts_host(host), "{host}");
        }
        for host in ["gpu1.evil.example", "evil.example", "192.168.1.5.nip.io", "2001:db8::1:80:x"]
        {
            assert!(!access.accepts_host(host), "{host}");
        }
        assert!(
            !AccessPolicy::loopback(None).with_hosts(["gpu1".to_owned()]).accepts_host("10.0.0.1")
        );
    }
}
