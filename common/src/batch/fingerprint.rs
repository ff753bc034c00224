//! A number that two equal configurations share, to find tasks that are there already.

use serde_json::{Map, Value};

/// The fingerprint of a configuration: the order of its keys does not count.
///
/// 64 bits of FNV-1a over the sorted JSON text; among a million configurations, two different ones
/// share a fingerprint with a probability of 1 in 37 million.
#[must_use]
pub fn fingerprint(config: &Map<String, Value>) -> u64 {
    let mut text = String::new();
    write_map(&mut text, config);
    hash(text.as_bytes())
}

fn write_map(text: &mut String, map: &Map<String, Value>) {
    let mut keys: Vec<&String> = map.keys().collect();
    keys.sort_unstable();
    text.push('{');
    for key in keys {
        text.push_str(&Value::from(key.as_str()).to_string());
        text.push(':');
        write(text, &map[key]);
        text.push(',');
    }
    text.push('}');
}

fn write(text: &mut String, value: &Value) {
    match value {
        Value::Object(map) => write_map(text, map),
        Value::Array(list) => {
            text.push('[');
            for item in list {
                write(text, item);
                text.push(',');
            }
            text.push(']');
        }
        leaf => text.push_str(&leaf.to_string()),
    }
}

/// FNV-1a, 64 bits.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(value: &Value) -> u64 {
        fingerprint(value.as_object().unwrap())
    }

    #[test]
    fn order_does_not_count_and_everything_else_does() {
        let base = of(&json!({"a": 1, "b": {"c": [1, 2], "d": "x"}}));
        assert_eq!(base, of(&json!({"b": {"d": "x", "c": [1, 2]}, "a": 1})));
        for other in [
            json!({"a": 1.5, "b": {"c": [1, 2], "d": "x"}}),
            json!({"a": 1, "b": {"c": [2, 1], "d": "x"}}),
            json!({"a": "1", "b": {"c": [1, 2], "d": "x"}}),
            json!({"a": 1, "b.c": [1, 2], "b.d": "x"}),
        ] {
            assert_ne!(base, of(&other), "{other}");
        }
    }
}
