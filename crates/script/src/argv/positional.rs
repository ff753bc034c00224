//! Builds positional arguments.

use common::argument::Argument;
use serde_yaml::Value;

use super::value_text;

/// Adds the values of a positional; nothing for null.
pub(super) fn push(out: &mut Vec<String>, argument: &Argument, value: Option<&Value>) {
    match value {
        None | Some(Value::Null) => {}
        Some(Value::Sequence(items)) if argument.nargs.is_some() => {
            out.extend(items.iter().map(|item| value_text::of(item, argument)));
        }
        Some(value) => out.push(value_text::of(value, argument)),
    }
}
