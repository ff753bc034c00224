//! Formatting of numbers and recorded values.

pub use common::number::short;

/// Formats a recorded JSON value for a table cell.
#[must_use]
pub fn of_json(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Number(number) => {
            number.as_f64().map_or_else(|| number.to_string(), short)
        }
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => "–".to_owned(),
        other => other.to_string(),
    }
}
