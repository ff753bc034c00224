//! One parameter of a grid, and its path in the configuration.

use serde_yaml::{Mapping, Value};

use super::values::Values;
use crate::yaml;

/// A leaf with several values.
#[derive(Debug, Clone)]
pub(super) struct Param {
    pub(super) path: Vec<Value>,
    pub(super) values: Values,
}

impl Param {
    /// `optim.lr`
    pub(super) fn key(&self) -> String {
        dotted(&self.path)
    }

    pub(crate) fn put(&self, config: &mut Mapping, index: u64) {
        put(config, &self.path, self.values.get(index));
    }
}

/// A path in dotted form.
pub(super) fn dotted(path: &[Value]) -> String {
    path.iter().map(yaml::key_text).collect::<Vec<_>>().join(".")
}

/// Replaces the value at an existing path.
pub(crate) fn put(config: &mut Mapping, path: &[Value], value: Value) {
    let Some((first, rest)) = path.split_first() else { return };
    let Some(slot) = config.get_mut(first) else { return };
    match slot {
        Value::Mapping(inner) if !rest.is_empty() => put(inner, rest, value),
        leaf => *leaf = value,
    }
}

/// The value at a path.
pub(crate) fn value_at<'a>(config: &'a Mapping, path: &[Value]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    let value = config.get(first)?;
    match (rest.is_empty(), value) {
        (true, value) => Some(value),
        (false, Value::Mapping(inner)) => value_at(inner, rest),
        _ => None,
    }
}

/// Calls `visit` for every leaf, in order. Lists and empty mappings are leaves.
pub(crate) fn each_leaf<'a>(config: &'a Mapping, visit: &mut impl FnMut(&[Value], &'a Value)) {
    let visit = &mut |path: &[Value], leaf| {
        visit(path, leaf);
        Ok::<(), std::convert::Infallible>(())
    };
    let Ok(()) = try_each_leaf(config, visit);
}

/// Like [`each_leaf`], up to the first error.
///
/// # Errors
/// The one that `visit` returns.
pub(super) fn try_each_leaf<'a, E>(
    config: &'a Mapping,
    visit: &mut impl FnMut(&[Value], &'a Value) -> Result<(), E>,
) -> Result<(), E> {
    walk(config, &mut Vec::new(), visit)
}

fn walk<'a, E>(
    config: &'a Mapping,
    path: &mut Vec<Value>,
    visit: &mut impl FnMut(&[Value], &'a Value) -> Result<(), E>,
) -> Result<(), E> {
    for (key, value) in config {
        path.push(key.clone());
        let visited = match value {
            Value::Mapping(inner) if !inner.is_empty() => walk(inner, path, visit),
            leaf => visit(path, leaf),
        };
        path.pop();
        visited?;
    }
    Ok(())
}
