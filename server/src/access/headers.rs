//! Security headers of all responses.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

use super::AccessPolicy;

const ALWAYS: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// The Content-Security-Policy of responses other than pages.
const NO_PAGE_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

impl AccessPolicy {
    /// The Content-Security-Policy of a page whose inline scripts have the given nonce.
    ///
    /// `wasm-unsafe-eval` allows only the compilation of WASM. Style *attributes* are allowed, because the widths and
    /// colours of bars and curves are computed; style elements need the nonce.
    pub(crate) fn page_policy(&self, nonce: &str) -> String {
        let reload = self
            .reload_port
            .map_or(String::new(), |port| format!(" ws://localhost:{port} ws://127.0.0.1:{port}"));
        format!(
            "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
             style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; \
             img-src 'self' data: blob:; font-src 'self'; connect-src 'self'{reload}; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
    }
}

/// Adds the headers to every response, including errors.
pub(super) async fn add_headers(request: Request, next: Next) -> Response {
    let is_api =
        request.uri().path().starts_with("/api") || request.uri().path().starts_with("/sfn");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let policy = headers.entry(CONTENT_SECURITY_POLICY);
    policy.or_insert(HeaderValue::from_static(NO_PAGE_POLICY));
    if is_api {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
