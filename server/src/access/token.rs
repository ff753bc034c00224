//! Authentication: requests need the token, except those of the owner's processes.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, COOKIE, HOST, HeaderMap, HeaderName,
    HeaderValue, LOCATION, SET_COOKIE, WWW_AUTHENTICATE,
};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use common::ApiError;
use engine::{Engine, Token};

use super::{AccessPolicy, Peer};
use crate::api::call_engine;
use crate::error::ApiFailure;

/// The query parameter of the start URL.
const TOKEN_PARAMETER: &str = "token";
/// Lifetime of the cookie: 30 days.
const COOKIE_SECONDS: u32 = 30 * 24 * 60 * 60;
/// Headers of proxies. Behind a proxy, the user of the peer does not identify the client.
const PROXY_HEADERS: [&str; 5] =
    ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

/// The page that browsers without a token get.
const NO_TOKEN_PAGE: &str = include_str!("no_token.html");

impl AccessPolicy {
    fn is_trusted(&self, request: &Request) -> bool {
        let is_owner = request.extensions().get::<Peer>() == Some(&Peer::Owner);
        let proxied = PROXY_HEADERS.iter().any(|name| request.headers().contains_key(*name));
        is_owner && !proxied && !self.always_token
    }

    fn cookie(&self, host: &str, token: &Token) -> String {
        let secure = if self.tls { "; Secure" } else { "" };
        let (name, token) = (cookie_name(host), token.as_str());
        format!(
            "{name}={token}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Strict{secure}"
        )
    }
}

/// Allows requests of the owner's processes and requests with the token: in `Authorization: Bearer`, in the cookie, or
/// in `?token=`, which pages exchange for the cookie.
pub(super) async fn check_token(
    State(access): State<AccessPolicy>,
    State(engine): State<Engine>,
    request: Request,
    next: Next,
) -> Response {
    let is_trusted = access.is_trusted(&request);
    let url_token = token_in_url(request.uri());
    let start_page = url_token.is_some() && expects_html(&request);
    if is_trusted && !start_page {
        return next.run(request).await;
    }
    let token = match call_engine(engine, |engine| Ok(engine.known_token())).await {
        Ok(token) => token,
        Err(failure) => return failure.into_response(),
    };
    let valid = |presented: &str| token.as_ref().filter(|token| token.matches(presented));
    if start_page && let Some(token) = url_token.as_deref().and_then(valid) {
        return exchange(&access, request.uri(), &host(request.headers()), token);
    }
    let headers = request.headers();
    let presented = [bearer_token(headers), token_in_cookie(headers), url_token];
    if is_trusted || presented.iter().flatten().any(|presented| valid(presented).is_some()) {
        return next.run(request).await;
    }
    refuse(&request)
}

/// Sets the cookie and redirects to the same page without the token.
fn exchange(access: &AccessPolicy, uri: &Uri, host: &str, token: &Token) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let headers = response.headers_mut();
    let page = without_token(uri);
    // Both are visible ASCII: one is from a URL, the token is hexadecimal.
    for (name, value) in [(LOCATION, page), (SET_COOKIE, access.cookie(host, token))] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn refuse(request: &Request) -> Response {
    let text = "This server needs its token: open the address that `pyr` printed, or send \
                `Authorization: Bearer TOKEN`. `pyr token` prints it to the user who runs the server.";
    let mut response = match expects_html(request) {
        true => (StatusCode::UNAUTHORIZED, NO_TOKEN_PAGE).into_response(),
        false => ApiFailure(ApiError::Unauthorized(text.to_owned())).into_response(),
    };
    let headers = response.headers_mut();
    if expects_html(request) {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    }
    headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"pyruns\""));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Whether the client is a browser that requests a page.
fn expects_html(request: &Request) -> bool {
    let path = request.uri().path();
    let program = ["/api/", "/sfn/"].iter().any(|prefix| path.starts_with(prefix));
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let accepts = text(request.headers(), &ACCEPT).is_some_and(|list| list.contains("text/html"));
    reads && accepts && (!program || path == "/api/docs")
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn host(headers: &HeaderMap) -> String {
    text(headers, &HOST).unwrap_or_default().to_owned()
}

fn bearer_token(headers: &HeaderMap) -> Option<String> {
    let (scheme, token) = text(headers, &AUTHORIZATION)?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// The name contains the port, because browsers share the cookies of a host among its ports.
fn cookie_name(host: &str) -> String {
    let port = host.rsplit_once(':').map(|(_, port)| port);
    let port = port.filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    format!("pyruns_{}", port.unwrap_or("token"))
}

fn token_in_cookie(headers: &HeaderMap) -> Option<String> {
    let name = cookie_name(&host(headers));
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(given, _)| given.trim() == name).map(|(_, value)| value.trim().to_owned())
}

fn token_in_url(uri: &Uri) -> Option<String> {
    let mut pairs = form_urlencoded::parse(uri.query()?.as_bytes());
    pairs.find(|(name, _)| name == TOKEN_PARAMETER).map(|(_, value)| value.into_owned())
}

/// The URL without the token. Leading slashes are removed, because `//name` would redirect to another host.
fn without_token(uri: &Uri) -> String {
    let path = uri.path().trim_start_matches(['/', '\\']);
    let is_token = |pair: &&str| pair.split('=').next() == Some(TOKEN_PARAMETER);
    let query = uri.query().unwrap_or_default().split('&');
    let rest: Vec<&str> = query.filter(|pair| !pair.is_empty() && !is_token(pair)).collect();
    let mark = if rest.is_empty() { "" } else { "?" };
    format!("/{path}{mark}{}", rest.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_leaves_the_address_and_nothing_else_does() {
        for (address, left) in [
            ("/?token=x", "/"),
            ("/tasks?status=failed&token=x&page=2", "/tasks?status=failed&page=2"),
            ("//evil.example/?token=x", "/evil.example/"),
            ("/a%20b?token=x&q=a%26b", "/a%20b?q=a%26b"),
            ("/?tokens=1&token=x&token=y", "/?tokens=1"),
        ] {
            assert_eq!(without_token(&address.parse().unwrap()), left, "{address}");
        }
    }

    #[test]
    fn a_cookie_is_found_by_the_port_that_was_asked() {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static("localhost:8099"));
        headers.insert(COOKIE, HeaderValue::from_static("a=b; pyruns_8100=no; pyruns_8099=yes"));
        assert_eq!(token_in_cookie(&headers).as_deref(), Some("yes"));
        assert_eq!(cookie_name("runs.example"), "pyruns_token");
        assert_eq!(cookie_name("[::1]"), "pyruns_token");
    }
}
