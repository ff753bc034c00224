//! Adds values of one parameter to an existing batch.

use crate::message::BatchText;
use serde_yaml::{Mapping, Value};

use super::axis::AxisKind;
use super::error::BatchError;
use super::expr::{self, Expr};
use super::grid::Grid;
use super::param::{put, value_at};
use super::quotes::alternative;
use super::values::Values;
use crate::yaml;

/// Maximum number of values that are listed individually.
const MAX_VALUES: u64 = 10_000;

/// A batch extended by values of one parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Extension {
    /// Only the new combinations: the new values with all values of every other axis.
    pub added: Mapping,
    /// All combinations, old and new.
    pub whole: Mapping,
    /// The parameter's dotted key.
    pub key: String,
    /// Number of new values.
    pub count: u64,
}

/// Adds values, written as in a form (`0.3 | 0.1`, `5:8`), to a parameter of a batch. Existing
/// values are skipped. A parameter that does not vary yet becomes an axis.
///
/// # Errors
/// When there is no such parameter, it is zipped with others, the values are invalid, or none
/// of them is new.
pub fn extend(
    config: &Mapping,
    template: Option<&Mapping>,
    key: &str,
    values: &str,
) -> Result<Extension, BatchError> {
    let grid = Grid::parse(config, template)?;
    let invalid = |text: BatchText| BatchError::new(text, &[]).of(key);
    let path = grid.path_of(key).ok_or_else(|| invalid(BatchText::ExtendUnknown))?;
    let hint = template.and_then(|template| value_at(template, &path));
    let axis = grid.axis_of(&path);
    if axis.is_some_and(|(kind, _)| kind != AxisKind::Product) {
        return Err(invalid(BatchText::ExtendTogether));
    }
    let first = grid.nth(0).unwrap_or_default();
    let known = match axis {
        Some((_, values)) => listed(values, key)?,
        None => value_at(&first, &path).cloned().into_iter().collect(),
    };
    let mut new_values: Vec<Value> = Vec::new();
    for value in read(values, hint).map_err(|error| error.of(key))? {
        if !known.contains(&value) && !new_values.contains(&value) {
            new_values.push(value);
        }
    }
    if new_values.is_empty() {
        return Err(invalid(BatchText::ExtendNothing));
    }
    let with = |values: &[Value]| {
        let mut config = config.clone();
        put(&mut config, &path, alternatives(values));
        config
    };
    let whole: Vec<Value> = known.into_iter().chain(new_values.iter().cloned()).collect();
    let (added, whole, count) = (with(&new_values), with(&whole), new_values.len() as u64);
    Ok(Extension { added, whole, key: super::param::dotted(&path), count })
}

/// The values represented by a text.
fn read(text: &str, hint: Option<&Value>) -> Result<Vec<Value>, BatchError> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    match expr::parse(text, hint)? {
        Expr::Product(list) => Ok(list),
        Expr::Range(range) => listed(&Values::Range(range), ""),
        Expr::Literal(_) => Ok(vec![alternative(text)]),
        Expr::Zip(_) | Expr::Sample(_) => Err(BatchError::new(BatchText::ExtendForm, &[])),
    }
}

fn listed(values: &Values, key: &str) -> Result<Vec<Value>, BatchError> {
    if values.len() > MAX_VALUES {
        return Err(BatchError::new(BatchText::ExtendTooMany, &[&MAX_VALUES]).of(key));
    }
    Ok((0..values.len()).map(|place| values.get(place)).collect())
}

/// The text that represents values; a single one as itself.
fn alternatives(values: &[Value]) -> Value {
    if let [Value::String(text)] = values {
        return Value::String(super::protect(text).into_owned());
    }
    if let [only] = values {
        return only.clone();
    }
    let written = |value: &Value| match value {
        // In quotes it is this text, even if it looks like batch syntax.
        Value::String(text) => yaml::in_quotes(text),
        other => yaml::to_flow(other),
    };
    Value::String(values.iter().map(written).collect::<Vec<_>>().join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extended(config: &str, key: &str, values: &str) -> Result<(Vec<String>, u64), String> {
        let config = yaml::parse_mapping(config).unwrap();
        let found = extend(&config, None, key, values).map_err(|error| error.to_string())?;
        // The written text must parse to the same configuration.
        let again = |config: &Mapping| yaml::parse_mapping(&yaml::to_text(config)).unwrap();
        let added = Grid::parse(&again(&found.added), None).unwrap();
        let whole = Grid::parse(&again(&found.whole), None).unwrap();
        let line = |config: Mapping| added.preview(&config);
        Ok((added.configs().map(line).collect(), whole.count()))
    }

    #[test]
    fn new_values_meet_all_values_of_the_others() {
        let (added, whole) = extended("lr: 0.1 | 0.2\nseed: 1:2\n", "lr", "0.2 | 0.3").unwrap();
        assert_eq!(added, ["seed=1, lr=0.3", "seed=2, lr=0.3"]);
        assert_eq!(whole, 6);
    }

    #[test]
    fn a_fixed_parameter_becomes_an_axis() {
        let (added, whole) = extended("opt: {name: sgd}\nx: 1 | 2\n", "name", "adam").unwrap();
        assert_eq!((added.len(), whole), (2, 4));
        let (added, whole) = extended("a: 1:3\n", "a", "4:5").unwrap();
        assert_eq!((added, whole), (vec!["a=4".to_owned(), "a=5".to_owned()], 5));
    }

    #[test]
    fn texts_stay_texts_and_lists_stay_lists() {
        let (added, whole) = extended("t: 'a | b'\n", "t", "'1' | 'x|y' | [1, 2]").unwrap();
        assert_eq!((added.len(), whole), (3, 5));
    }

    #[test]
    fn an_invalid_extension_is_an_error() {
        let refused = |config, key, values| extended(config, key, values).unwrap_err();
        assert_eq!(refused("a: 1\n", "b", "2"), "b: the batch has no such parameter");
        assert!(refused("a: 1 | 2\n", "a", "2").contains("does not have"));
        assert!(refused("a: 1 | 2\n", "a", " ").contains("does not have"));
        assert!(
            refused("a: (1 | 2)\nb: (3 | 4)\n", "a", "5").contains("zipped with other parameters")
        );
        assert!(refused("a: 1\n", "a", "(2 | 3)").contains("write the new values"));
    }
}
