//! Operations of the OpenAPI document: parameters, bodies and responses of a route with a method.

use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::schemas::{AddSchema, Schemas};

/// The properties of a query type, and the required ones.
type Properties = fn(&mut Schemas) -> (Map<String, Value>, Vec<String>);

/// A route with a method. By default it has no input and returns JSON.
pub(crate) struct Operation {
    id: &'static str,
    summary: &'static str,
    more: &'static str,
    in_workspace: bool,
    query: Option<Properties>,
    body: Option<(AddSchema, bool)>,
    response: ResponseKind,
    error_statuses: &'static [u16],
}

enum ResponseKind {
    Json(AddSchema),
    Text(&'static str),
    Lines(AddSchema),
    Socket(AddSchema),
}

/// A group of operations with a tag.
#[derive(Clone, Copy, Default)]
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
}

impl Operation {
    /// An operation; `id` is the name of a function in generated clients.
    pub(super) fn new(id: &'static str, summary: &'static str) -> Self {
        Self {
            id,
            summary,
            more: "",
            in_workspace: false,
            query: None,
            body: None,
            response: ResponseKind::Text("application/json"),
            error_statuses: &[],
        }
    }

    /// Adds a description.
    pub(super) fn more(self, more: &'static str) -> Self {
        Self { more, ..self }
    }

    /// Adds the parameters that select a workspace.
    pub(super) fn in_workspace(self) -> Self {
        Self { in_workspace: true, ..self }
    }

    /// Sets the type of the query.
    pub(super) fn query<T: ToSchema>(self) -> Self {
        Self { query: Some(Schemas::properties::<T>), ..self }
    }

    /// Sets the type of the required body.
    pub(super) fn body<T: ToSchema>(self) -> Self {
        Self { body: Some((Schemas::add::<T>, true)), ..self }
    }

    /// Sets the type of the optional body.
    pub(super) fn optional_body<T: ToSchema>(self) -> Self {
        Self { body: Some((Schemas::add::<T>, false)), ..self }
    }

    /// Sets the type of the JSON response.
    pub(super) fn returns<T: ToSchema>(self) -> Self {
        Self { response: ResponseKind::Json(Schemas::add::<T>), ..self }
    }

    /// Sets the media type of a text response.
    pub(super) fn returns_text(self, media_type: &'static str) -> Self {
        Self { response: ResponseKind::Text(media_type), ..self }
    }

    /// Sets the type of the lines of an NDJSON response.
    pub(super) fn returns_lines<T: ToSchema>(self) -> Self {
        Self { response: ResponseKind::Lines(Schemas::add::<T>), ..self }
    }

    /// Sets the type of the messages of a WebSocket.
    pub(super) fn sends<T: ToSchema>(self) -> Self {
        Self { response: ResponseKind::Socket(Schemas::add::<T>), ..self }
    }

    /// Sets the error statuses, besides those of all routes.
    pub(super) fn errors(self, error_statuses: &'static [u16]) -> Self {
        Self { error_statuses, ..self }
    }

    /// The operation as JSON for the document.
    pub(super) fn into_json(self, path: &str, tag: &str, schemas: &mut Schemas) -> Value {
        let mut json = json!({
            "operationId": self.id,
            "tags": [tag],
            "summary": self.summary,
            "parameters": self.parameters(path, schemas),
            "responses": self.responses(schemas),
        });
        if !self.more.is_empty() {
            json["description"] = self.more.into();
        }
        if let Some((add, required)) = self.body {
            let content = json_content(&add(schemas));
            json["requestBody"] = json!({"required": required, "content": content});
        }
        json
    }

    fn parameters(&self, path: &str, schemas: &mut Schemas) -> Value {
        let mut all = Vec::new();
        if path.contains("{name}") {
            let what = if path.starts_with("/api/batches") { "batchName" } else { "taskName" };
            all.push(reference("parameters", what));
        }
        let own = OWN_PARAMETERS.iter().filter(|(name, ..)| path.contains(&format!("{{{name}}}")));
        all.extend(own.map(|(name, description, example)| {
            json!({
                "name": name, "in": "path", "required": true, "description": description,
                "schema": {"type": "string", "examples": [example]},
            })
        }));
        if let Some(properties) = self.query {
            let (properties, required) = properties(schemas);
            all.extend(properties.into_iter().map(|(name, mut schema)| {
                let about = schema.as_object_mut().and_then(|schema| schema.remove("description"));
                json!({
                    "name": name, "in": "query", "required": required.contains(&name),
                    "description": about, "schema": schema,
                })
            }));
        }
        if self.in_workspace {
            all.push(reference("parameters", "workspace"));
            all.push(reference("parameters", "workspaceHeader"));
        }
        all.into()
    }

    fn responses(&self, schemas: &mut Schemas) -> Value {
        let (status, response) = match self.response {
            ResponseKind::Json(add) => {
                ("200", json!({"description": "Success.", "content": json_content(&add(schemas))}))
            }
            ResponseKind::Text(media_type) => {
                let content = json!({media_type: {"schema": {"type": "string"}}});
                let content = if media_type == "application/json" {
                    json!({media_type: {}})
                } else {
                    content
                };
                ("200", json!({"description": "Success.", "content": content}))
            }
            ResponseKind::Lines(add) => {
                let name = add(schemas);
                let about =
                    format!("Lines of JSON, each a `{name}`, streamed as matches are found.");
                let content =
                    json!({"application/x-ndjson": {"schema": reference("schemas", &name)}});
                ("200", json!({"description": about, "content": content}))
            }
            ResponseKind::Socket(add) => {
                let name = add(schemas);
                let about = format!("A WebSocket that sends JSON texts, each a `{name}`.");
                let message = json_content(&name);
                ("101", json!({"description": about, "x-message": message["application/json"]}))
            }
        };
        let mut all = json!({status: response});
        for refusal in self.error_statuses {
            all[refusal.to_string()] = reference("responses", response_name(*refusal));
        }
        if self.query.is_some() || self.body.is_some() {
            all["422"] = reference("responses", "WrongField");
        }
        all["4XX"] = reference("responses", "Refused");
        all
    }
}

fn reference(kind: &str, name: &str) -> Value {
    json!({"$ref": format!("#/components/{kind}/{name}")})
}

fn json_content(name: &str) -> Value {
    json!({"application/json": {"schema": reference("schemas", name)}})
}

fn response_name(status: u16) -> &'static str {
    match status {
        404 => "NotFound",
        409 => "Conflict",
        429 => "TooMany",
        _ => "Invalid",
    }
}

/// Path parameters other than the name of a task or batch: name, description, example.
const OWN_PARAMETERS: [(&str, &str, &str); 2] = [
    ("path", "The file, below the folder of the task.", "artifacts/run1/model.pt"),
    (
        "hash",
        "The SHA-256 of the content, from the provenance record.",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ),
];

/// Shared parameters.
pub(super) fn shared_parameters() -> Value {
    let workspace = "The workspace: the name of its folder below `_pyruns_`, or its absolute path. The default is the one that `GET /api/workspace` returns.";
    let text = |example: &str| json!({"type": "string", "examples": [example]});
    json!({
        "taskName": {
            "name": "name", "in": "path", "required": true,
            "description": "The task's name. Any Unicode, percent-encoded.",
            "schema": text("sweep_1-of-4"),
        },
        "batchName": {
            "name": "name", "in": "path", "required": true,
            "description": "The batch's name, as in the list of batches.",
            "schema": text("sweep_of-4"),
        },
        "workspace": {
            "name": "workspace", "in": "query", "required": false,
            "description": workspace, "schema": text("train"),
        },
        "workspaceHeader": {
            "name": "X-Pyruns-Workspace", "in": "header", "required": false,
            "description": "The same, percent-encoded; takes precedence over the query parameter.",
            "schema": text("train"),
        },
    })
}

/// Shared error responses.
pub(super) fn shared_responses(schemas: &mut Schemas) -> Value {
    let mut add = |about: &str, detail: Value| {
        let schema = reference("schemas", &schemas.add::<common::error::Refusal>());
        json!({
            "description": about,
            "content": {"application/json": {"schema": schema, "example": {"detail": detail}}},
        })
    };
    let field = json!([{
        "type": "missing", "loc": ["body", "name_prefix"], "msg": "Field required", "input": null,
    }]);
    json!({
        "Invalid": add("The request is valid, but cannot be fulfilled.", json!("Task 'a' cannot be cancelled")),
        "NotFound": add("The resource does not exist.", json!("Task 'a' not found")),
        "Conflict": add(
            "The resource was changed since it was read; nothing was done.",
            json!("The notes were changed elsewhere."),
        ),
        "TooMany": add("Too many concurrent requests.", json!("Too many WebSockets at a time.")),
        "WrongField": add("A field is missing or has the wrong type, or the body is not JSON.", field),
        "Refused": add(
            "Refused by access control: without the token (401), cross-site or with an unknown host (403), unsupported method (405), too slow (408), too large (413, 414, 431), too many (429).",
            json!("Requests from other web pages are refused."),
        ),
    })
}
