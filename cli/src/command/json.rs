//! Machine-readable output.

use serde::Serialize;
use serde_json::{Map, Value};

use super::failure::Failure;
use super::output::print_line;

/// The version of all documents; it changes when a field changes its meaning.
const SCHEMA_VERSION: u32 = 1;

/// Prints a document of one line, with the version of its schema. A list becomes the field `items`.
///
/// # Errors
/// If the value cannot be serialized.
pub(crate) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let value = serde_json::to_value(value).map_err(|error| Failure::from(error.to_string()))?;
    print_line(&document(value).to_string());
    Ok(())
}

fn document(value: Value) -> Value {
    let mut fields = Map::new();
    fields.insert("schema_version".to_owned(), SCHEMA_VERSION.into());
    match value {
        Value::Object(own) => fields.extend(own),
        other => {
            fields.insert("items".to_owned(), other);
        }
    }
    Value::Object(fields)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_document_has_the_version_of_its_schema() {
        assert_eq!(document(json!({"count": 1})), json!({"schema_version": 1, "count": 1}));
        assert_eq!(document(json!(["a"])), json!({"schema_version": 1, "items": ["a"]}));
    }
}
