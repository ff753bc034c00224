//! Formatting of numbers and recorded values.

pub use common::number::short;
use serde_json::Value;

/// Formats a recorded JSON value for a table cell.
#[must_use]
pub fn of_json(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "–".to_owned(),
        other => nested(other),
    }
}

/// JSON text with short numbers. Not `to_string`, which brings another way of writing numbers into the module.
fn nested(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.as_f64().map(short).unwrap_or_default(),
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(nested).collect::<Vec<_>>().join(","))
        }
        Value::Object(fields) => {
            let field = |(key, value)| format!("{key:?}:{}", nested(value));
            format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(","))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_every_kind_are_displayed() {
        let shown = |text: &str| of_json(&serde_json::from_str(text).unwrap());
        assert_eq!([shown("null"), shown("\"a b\""), shown("0.5")], ["–", "a b", "0.5"]);
        assert_eq!(shown(r#"{"a": [1, true, null, "b\"c"]}"#), r#"{"a":[1,true,null,"b\"c"]}"#);
    }
}
