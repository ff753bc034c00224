//! The OpenAPI 3.1 document, generated from the types of requests and responses.
//!
//! To add a route, add a line to `router.rs`, a function to its group in [`operations`], and an example of each new type
//! to `examples.json`. The document has exactly the routes of the router; a test reports missing examples.

mod document;
mod examples;
mod operation;
pub(crate) mod operations;
mod page;
mod schemas;

use app::Preference;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{
    ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HeaderValue, VARY,
};
use axum::response::{IntoResponse, Response};

pub(crate) use document::{Document, DocumentedRoute};
pub(crate) use operation::{Group, Operation};

/// `GET /api/openapi.json`: the document.
pub(crate) async fn openapi_json(State(document): State<Document>) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], document.text())
        .into_response()
}

/// `GET /api/docs`: the document as an HTML page without scripts, in the language and theme of the pages.
pub(crate) async fn docs(State(document): State<Document>, headers: HeaderMap) -> Response {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let preference = Preference::of_headers(header(COOKIE), header(ACCEPT_LANGUAGE));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(page::POLICY)),
        (VARY, HeaderValue::from_static("cookie, accept-language")),
    ];
    (headers, page::render(document.json(), preference)).into_response()
}

/// `GET /api/docs.css`: the stylesheet of the page.
pub(crate) async fn docs_css() -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"))], page::STYLE)
        .into_response()
}

#[cfg(test)]
mod tests;
