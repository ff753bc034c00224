//! Collects the schemas of types and the types that they refer to.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

use super::examples::{example, examples};

/// Schemas by the names of their types.
#[derive(Default)]
pub(super) struct Schemas(BTreeMap<String, Value>);

/// Adds a type and the types that it refers to. Returns its name.
pub(super) type AddSchema = fn(&mut Schemas) -> String;

impl Schemas {
    /// See [`AddSchema`].
    pub(super) fn add<T: ToSchema>(&mut self) -> String {
        let mut found: Vec<(String, RefOr<Schema>)> = Vec::new();
        T::schemas(&mut found);
        found.push((T::name().into_owned(), T::schema()));
        for (name, schema) in found {
            let json = || serde_json::to_value(schema).unwrap_or_default();
            self.0.entry(name).or_insert_with(json);
        }
        T::name().into_owned()
    }

    /// The properties of a query type with examples, and the required ones.
    pub(super) fn properties<T: ToSchema>(&mut self) -> (Map<String, Value>, Vec<String>) {
        let name = T::name();
        let mut schema = serde_json::to_value(T::schema()).unwrap_or_default();
        add_examples(&mut schema, examples(&name));
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let required = required.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        match schema["properties"].take() {
            Value::Object(properties) => (properties, required),
            _ => (Map::new(), required),
        }
    }

    /// All schemas as JSON, with examples.
    pub(super) fn into_json(self) -> Value {
        let json = self.0.into_iter().map(|(name, mut schema)| {
            add_examples(&mut schema, examples(&name));
            if let (Some(example), Some(schema)) = (example(&name), schema.as_object_mut()) {
                schema.insert("examples".to_owned(), json!([example]));
            }
            (name, schema)
        });
        Value::Object(json.collect())
    }
}

/// Sets the example of each property from the first matching example of the complete type. Properties with a named
/// type are skipped, because those types have their own examples.
fn add_examples(schema: &mut Value, of_whole: &[Value]) {
    for list in ["allOf", "oneOf", "anyOf"] {
        let Some(parts) = schema.get_mut(list).and_then(Value::as_array_mut) else { continue };
        parts.iter_mut().for_each(|part| add_examples(part, of_whole));
    }
    let kind = schema["properties"]["type"]["enum"][0].clone();
    let fits = |whole: &&Value| kind.is_null() || whole["type"] == kind;
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    for (name, property) in properties {
        normalize_property(property);
        if has_reference(property) {
            continue;
        }
        let given = of_whole.iter().filter(fits).find_map(|whole| whole.get(name));
        if let (Some(given), Some(property)) = (given, property.as_object_mut()) {
            property.insert("examples".to_owned(), json!([given]));
        }
    }
}

/// Normalizes a property for client generators: moves the description beside `$ref`, and removes defaults that are
/// objects, which they do not support.
fn normalize_property(property: &mut Value) {
    let Some(property) = property.as_object_mut() else { return };
    if property.get("default").is_some_and(Value::is_object) {
        property.remove("default");
    }
    let Some(parts) = property.get_mut("oneOf").and_then(Value::as_array_mut) else { return };
    let described = parts.iter_mut().filter_map(|part| part.as_object_mut()?.remove("description"));
    let description = described.last();
    if let [only] = parts.as_slice() {
        let reference = only["$ref"].clone();
        property.remove("oneOf");
        property.insert("$ref".to_owned(), reference);
    }
    if let Some(description) = description {
        property.insert("description".to_owned(), description);
    }
}

/// Whether a schema is or contains a reference.
pub(super) fn has_reference(schema: &Value) -> bool {
    match schema {
        Value::Object(fields) => fields.contains_key("$ref") || fields.values().any(has_reference),
        Value::Array(items) => items.iter().any(has_reference),
        _ => false,
    }
}
