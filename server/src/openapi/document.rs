//! The OpenAPI document of a list of routes.

use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use serde_json::{Map, Value, json};

use super::operation::{self, Group, Operation};
use super::schemas::Schemas;

/// The description of the API.
const ABOUT: &str = "All actions of the pages as an API. Bodies are JSON; unknown fields are ignored, and new fields may be added to responses. Errors are `{\"detail\": \"a sentence\"}`, with status 422 `{\"detail\": [{type, loc, msg, input}]}`. Processes of the user who runs the server need no token on the same machine; all other clients send `Authorization: Bearer TOKEN`.";

/// A route with its documentation.
pub(crate) struct DocumentedRoute {
    pub(crate) group: Group,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) operation: fn() -> Operation,
}

/// The document of the API, generated when it is requested for the first time.
#[derive(Clone, Default)]
pub(crate) struct Document(Arc<Content>);

#[derive(Default)]
struct Content {
    routes: Vec<DocumentedRoute>,
    json: OnceLock<Value>,
    text: OnceLock<Bytes>,
}

impl Document {
    /// The document of these routes.
    pub(crate) fn new(routes: Vec<DocumentedRoute>) -> Self {
        Self(Arc::new(Content { routes, ..Content::default() }))
    }

    /// The document.
    pub(crate) fn json(&self) -> &Value {
        self.0.json.get_or_init(|| generate(&self.0.routes))
    }

    /// The document as text.
    pub(super) fn text(&self) -> Bytes {
        self.0.text.get_or_init(|| format!("{:#}\n", self.json()).into()).clone()
    }
}

/// Generates the document of routes.
fn generate(routes: &[DocumentedRoute]) -> Value {
    let mut schemas = Schemas::default();
    let mut paths = Map::new();
    let mut tags: Vec<Value> = Vec::new();
    for DocumentedRoute { group, method, path, operation } in routes {
        if tags.last().is_none_or(|tag| tag["name"] != group.name) {
            tags.push(json!({"name": group.name, "description": group.about}));
        }
        // OpenAPI has no syntax for a path parameter with several segments.
        let path = path.replace("{*", "{");
        let json = operation().into_json(&path, group.name, &mut schemas);
        paths.entry(path).or_insert_with(|| json!({}))[*method] = json;
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
