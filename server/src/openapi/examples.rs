//! Examples of types from `examples.json`, by type name. A text `"$Name"` is a reference to the first example of that
//! type.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

type Examples = BTreeMap<String, Vec<Value>>;

static EXAMPLES: LazyLock<Examples> = LazyLock::new(|| {
    // A test reads the file, so it is valid.
    let read: Examples = serde_json::from_str(include_str!("examples.json")).unwrap_or_default();
    let whole = |list: &Vec<Value>| list.iter().map(|value| resolved(value, &read)).collect();
    read.iter().map(|(name, list)| (name.clone(), whole(list))).collect()
});

/// The examples of a type; may be empty.
pub(super) fn examples(name: &str) -> &'static [Value] {
    EXAMPLES.get(name).map_or(&[], Vec::as_slice)
}

/// The first example of a type.
pub(super) fn example(name: &str) -> Option<&'static Value> {
    examples(name).first()
}

fn resolved(value: &Value, all: &Examples) -> Value {
    match value {
        Value::String(text) => {
            let named = text.strip_prefix('$').and_then(|name| all.get(name)?.first());
            named.map_or_else(|| value.clone(), |named| resolved(named, all))
        }
        Value::Array(items) => items.iter().map(|item| resolved(item, all)).collect(),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| (key.clone(), resolved(value, all)));
            Value::Object(fields.collect())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_json() {
        serde_json::from_str::<Examples>(include_str!("examples.json")).unwrap();
        assert_eq!(example("TaskChanged").unwrap()["task"], *example("Task").unwrap());
    }
}
