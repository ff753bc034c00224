//! Writes a value on one line: `[1, 2]`, `{a: 1}`, `1.0e-05`.

use serde_yaml::value::TaggedValue;
use serde_yaml::{Number, Value};

use super::{big_int, number, quote};

/// Writes a value on one line that [`scalar`](super::scalar()) parses to the same value.
#[must_use]
pub fn to_flow(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number_text(number),
        Value::String(text) => quote::quoted(text),
        Value::Sequence(list) => {
            let items: Vec<String> = list.iter().map(to_flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Mapping(mapping) => {
            let entry = |(key, value): (&Value, &Value)| {
                let key = to_flow(key);
                let question = if is_long_key(&key) { "? " } else { "" };
                format!("{question}{key}: {}", to_flow(value))
            };
            let entries: Vec<String> = mapping.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Tagged(tagged) => match big_int(value) {
            Some(digits) => digits.to_owned(),
            None => tagged_text(tagged),
        },
    }
}

/// Whether a key is so long that parsers require a `?` before it.
pub(super) fn is_long_key(key: &str) -> bool {
    key.chars().count() > 120
}

fn number_text(number: &Number) -> String {
    if number.is_f64() {
        number::write_float(number.as_f64().unwrap_or(f64::NAN))
    } else {
        number.to_string()
    }
}

fn tagged_text(tagged: &TaggedValue) -> String {
    let tag = tagged.tag.to_string();
    let name = tag.trim_start_matches('!');
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "_-./:".contains(letter);
    let value = to_flow(&tagged.value);
    if name.is_empty() || !name.chars().all(is_name) { value } else { format!("!{name} {value}") }
}
