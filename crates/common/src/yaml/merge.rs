//! The merge key of YAML 1.1: `<<: *base`.

use serde_yaml::value::{Tag, TaggedValue};
use serde_yaml::{Mapping, Value};

/// The merge key.
pub(super) const KEY: &str = "<<";

/// [`KEY`] without quotes, as a distinct type; in quotes it is a normal text.
pub(super) fn plain_key() -> Value {
    Value::Tagged(Box::new(TaggedValue { tag: Tag::new("merge"), value: KEY.into() }))
}

/// Whether a value under [`KEY`] can be merged, and is not a parameter of that name.
pub(super) fn is_mergeable(value: &Value) -> bool {
    match value {
        Value::Mapping(_) => true,
        Value::Sequence(list) => !list.is_empty() && list.iter().all(Value::is_mapping),
        _ => false,
    }
}

/// Inserts the merged entries before the mapping's own entries, which take precedence. Of several,
/// earlier ones take precedence.
pub(super) fn apply(own: Mapping, merged: Option<Value>) -> Mapping {
    let bases = match merged {
        None => return own,
        Some(Value::Sequence(list)) => list,
        Some(single) => vec![single],
    };
    let mut all = Mapping::new();
    for base in bases {
        let Value::Mapping(base) = base else { continue };
        for (key, value) in base {
            if !all.contains_key(&key) {
                all.insert(key, value);
            }
        }
    }
    all.extend(own);
    all
}
