//! Protection against cross-site requests.

use axum::extract::Request;
use axum::http::Method;
use axum::http::header::{HOST, HeaderMap, HeaderValue, ORIGIN};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use common::ApiError;

use crate::error::ApiFailure;

/// Rejects all requests from pages of other origins, except navigation by a link.
///
/// Programs other than browsers send neither Origin nor Sec-Fetch-Site and are allowed. Browsers send one of them with
/// every unsafe request and with WebSocket upgrades.
pub(super) async fn check_origin(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let foreign_page = !is_own_origin(headers) || (is_foreign_site(headers) && !is_link(&request));
    if foreign_page {
        let text = "Requests from other web pages are refused.".to_owned();
        return ApiFailure(ApiError::Forbidden(text)).into_response();
    }
    next.run(request).await
}

/// Whether every Origin header equals the host of the request.
fn is_own_origin(headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).map(HeaderValue::as_bytes).unwrap_or_default();
    headers.get_all(ORIGIN).iter().all(|origin| {
        let origin = origin.as_bytes();
        let authority = origin.strip_prefix(b"http://").or(origin.strip_prefix(b"https://"));
        authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host))
    })
}

/// Whether the request is from another site. `same-site` is another port of this machine, so it is rejected, too.
fn is_foreign_site(headers: &HeaderMap) -> bool {
    let mut sites = headers.get_all("sec-fetch-site").iter();
    sites.any(|site| site != "same-origin" && site != "none")
}

/// Whether the request is a top-level navigation.
fn is_link(request: &Request) -> bool {
    let is = |name: &str, value: &str| request.headers().get(name).is_some_and(|v| v == value);
    request.method() == Method::GET
        && is("sec-fetch-mode", "navigate")
        && is("sec-fetch-dest", "document")
}
