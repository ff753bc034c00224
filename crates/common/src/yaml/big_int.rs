//! Integers outside 64 bits, which the value type of the YAML crate cannot store.

use serde_yaml::Value;
use serde_yaml::value::{Tag, TaggedValue};

/// The tag of the values that store such an integer.
const BIG_INT_TAG: &str = "!int";

/// An integer outside 64 bits, which the value type cannot store: represented by its digits.
pub(super) fn big_int_value(digits: String) -> Value {
    Value::Tagged(Box::new(TaggedValue {
        tag: Tag::new(BIG_INT_TAG),
        value: Value::String(digits),
    }))
}

/// The digits of an integer outside 64 bits, such as a 128-bit seed.
#[must_use]
pub fn big_int(value: &Value) -> Option<&str> {
    match value {
        Value::Tagged(tagged) if tagged.tag == BIG_INT_TAG => {
            let digits = tagged.value.as_str()?;
            let body = digits.strip_prefix('-').unwrap_or(digits);
            let is_number = !body.is_empty() && body.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then_some(digits)
        }
        _ => None,
    }
}
