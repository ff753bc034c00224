//! The OpenAPI 3.1 document, generated from the types of requests and responses.
//!
//! To add a route, add a line to `router.rs`, an operation to its group in [`paths`], and an example of each new type to
//! `examples.json`. A test reports what is missing.

mod examples;
mod operation;
mod page;
mod paths;
mod schemas;

use std::sync::LazyLock;

use app::Preference;
use axum::http::HeaderMap;
use axum::http::header::{
    ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HeaderValue, VARY,
};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use operation::Operation;
use schemas::Schemas;

/// The description of the API.
const ABOUT: &str = "All actions of the pages as an API. Bodies are JSON; unknown fields are ignored, and new fields may be added to responses. Errors are `{\"detail\": \"a sentence\"}`, with status 422 `{\"detail\": [{type, loc, msg, input}]}`. Processes of the user who runs the server need no token on the same machine; all other clients send `Authorization: Bearer TOKEN`.";

/// The document, generated once.
static DOCUMENT: LazyLock<Value> = LazyLock::new(document);
static TEXT: LazyLock<String> = LazyLock::new(|| format!("{:#}\n", *DOCUMENT));

/// `GET /api/openapi.json`: the document.
pub(crate) async fn openapi_json() -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], TEXT.as_str()).into_response()
}

/// `GET /api/docs`: the document as an HTML page without scripts, in the language and theme of the pages.
pub(crate) async fn docs(headers: HeaderMap) -> Response {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let preference = Preference::of_headers(header(COOKIE), header(ACCEPT_LANGUAGE));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(page::POLICY)),
        (VARY, HeaderValue::from_static("cookie, accept-language")),
    ];
    (headers, page::render(&DOCUMENT, preference)).into_response()
}

/// `GET /api/docs.css`: the stylesheet of the page.
pub(crate) async fn docs_css() -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"))], page::STYLE)
        .into_response()
}

fn document() -> Value {
    let mut schemas = Schemas::default();
    let mut paths = Map::new();
    let mut tags = Vec::new();
    for group in paths::groups() {
        tags.push(json!({"name": group.name, "description": group.about}));
        for operation in group.operations {
            let Operation { path, method, .. } = operation;
            let entry = paths.entry(path).or_insert_with(|| json!({}));
            entry[method] = operation.into_json(group.name, &mut schemas);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Pyruns",
            "description": ABOUT,
            "version": env!("CARGO_PKG_VERSION"),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/", "description": "The server that this document is from."}],
        "security": [{}, {"token": []}],
        "tags": tags,
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The output of `pyr token`. Not needed by processes of the same user.",
                },
            },
            "parameters": operation::shared_parameters(),
            "responses": operation::shared_responses(&mut schemas),
            "schemas": schemas.into_json(),
        },
    })
}

#[cfg(test)]
mod tests;
