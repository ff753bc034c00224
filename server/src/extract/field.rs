//! Converts deserialization errors to 422 responses that name the field.

use common::{ApiError, FieldError};
use serde_json::Value;
use serde_path_to_error::Segment;

use crate::error::ApiFailure;

/// The error of an invalid field in the body or the query.
///
/// `input` is the complete input; the response contains the part at the path.
pub(super) fn refuse(
    root: &str,
    path: &serde_path_to_error::Path,
    message: &str,
    input: &Value,
) -> ApiFailure {
    let mut loc = vec![root.to_owned()];
    let mut given = input;
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                loc.push(index.to_string());
                given = given.get(index).unwrap_or(&Value::Null);
            }
            Segment::Map { key } => {
                loc.push(key.clone());
                given = given.get(key).unwrap_or(&Value::Null);
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    if let Some(name) = missing_field(message) {
        loc.push(name.to_owned());
    }
    let (kind, msg) = describe(message);
    field_failure(kind, loc, msg, given.clone())
}

/// A 422 error with one field.
pub(super) fn field_failure(
    kind: &str,
    loc: Vec<String>,
    msg: impl Into<String>,
    input: Value,
) -> ApiFailure {
    let field = FieldError { kind: kind.to_owned(), loc, msg: msg.into(), input };
    ApiError::Unprocessable(vec![field]).into()
}

/// The name in serde's ``missing field `name` ``.
pub(super) fn missing_field(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

/// The error type and the text for a message of serde.
///
/// Existing clients depend on the error types.
fn describe(message: &str) -> (&'static str, String) {
    let expected = message.rsplit_once("expected ").map_or("", |(_, expected)| expected);
    let known = match expected {
        _ if missing_field(message).is_some() => Some(("missing", "Field required")),
        "a string" => Some(("string_type", "Input should be a valid string")),
        "a boolean" => Some(("bool_type", "Input should be a valid boolean")),
        "a sequence" => Some(("list_type", "Input should be a valid list")),
        "a map" => Some(("dict_type", "Input should be a valid dictionary")),
        "u64" | "u32" | "i64" | "u16" => Some(("int_type", "Input should be a valid integer")),
        "f64" => Some(("float_type", "Input should be a valid number")),
        _ if expected.starts_with("struct ") => Some(("object_type", "Input should be an object")),
        _ if message.starts_with("provided string was not `true`") => {
            Some(("bool_parsing", "Input should be true or false"))
        }
        _ if message.contains("digit") || message.starts_with("number too") => {
            Some(("int_parsing", "Input should be a valid integer"))
        }
        _ => None,
    };
    match known {
        Some((kind, text)) => (kind, text.to_owned()),
        None if message.starts_with("unknown variant") => ("enum", message.to_owned()),
        None => ("value_error", message.to_owned()),
    }
}
