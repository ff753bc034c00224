//! The merge key of YAML 1.1: `<<: *base`.

use serde_yaml::value::{Tag, TaggedValue};
use serde_yaml::{Mapping, Value};

/// The key that merges.
pub(super) const KEY: &str = "<<";

/// [`KEY`] written without quotes, under its own type; in quotes it is a text like any other.
pub(super) fn plain_key() -> Value {
    Value::Tagged(Box::new(TaggedValue { tag: Tag::new("merge"), value: KEY.into() }))
}

/// Whether a value under [`KEY`] is something to merge, and not a parameter of that name.
pub(super) fn is_mergeable(value: &Value) -> bool {
    match value {
        Value::Mapping(_) => true,
        Value::Sequence(list) => !list.is_empty() && list.iter().all(Value::is_mapping),
        _ => false,
    }
}

/// Puts what is merged before the mapping's own entries, which win. Of several, earlier ones win.
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
