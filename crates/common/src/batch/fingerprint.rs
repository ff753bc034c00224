//! Hashes configurations, in order to find existing tasks with the same one.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use serde_yaml::Mapping;

use super::grid::Grid;
use super::hash::{BASIS, extend, hash};
use super::param::Param;
use crate::yaml;

/// The fingerprint of a configuration, independent of the order of its keys.
///
/// 64 bits of FNV-1a over the sorted JSON text; among a million configurations, two different ones
/// share a fingerprint with a probability of 1 in 37 million.
#[must_use]
pub fn fingerprint(config: &Map<String, Value>) -> u64 {
    let mut text = String::new();
    write_map(&mut text, config);
    hash(text.as_bytes())
}

/// Computes the fingerprints of a grid's tasks without building their configurations: the common
/// text is written once, and a value is written again only if it differs from that of the last
/// task.
#[derive(Debug)]
pub struct GridFingerprints<'a> {
    grid: &'a Grid,
    parts: Vec<Part<'a>>,
}

/// A part of the sorted JSON text of every task.
#[derive(Debug)]
enum Part<'a> {
    /// Common to all tasks.
    Shared(String),
    /// The value of a parameter: its axis, and the index on it that is currently written.
    Value { axis: usize, param: &'a Param, index: Option<u64>, text: String },
}

impl<'a> GridFingerprints<'a> {
    /// For the tasks of this grid.
    #[must_use]
    pub fn new(grid: &'a Grid) -> Self {
        let mut new = Self { grid, parts: vec![Part::Shared(String::new())] };
        new.write_map(grid.base(), &mut Vec::new());
        new
    }

    /// The [`fingerprint`] of the task at an index, from 0.
    pub fn nth(&mut self, index: u64) -> Option<u64> {
        let indices = self.grid.indices(index)?;
        Some(self.parts.iter_mut().fold(BASIS, |hash, part| match part {
            Part::Shared(text) => extend(hash, text.as_bytes()),
            Part::Value { axis, param, index, text } => {
                let selected = indices[*axis];
                if index.replace(selected) != Some(selected) {
                    text.clear();
                    write(text, &yaml::to_json(&param.values.get(selected)));
                }
                extend(hash, text.as_bytes())
            }
        }))
    }

    fn write_map(&mut self, map: &'a Mapping, path: &mut Vec<serde_yaml::Value>) {
        // If two keys have the same text, JSON uses the last one.
        let entries: BTreeMap<String, _> =
            map.iter().map(|entry| (yaml::key_text(entry.0), entry)).collect();
        self.share("{");
        for (name, (key, value)) in entries {
            self.share(&Value::from(name).to_string());
            self.share(":");
            path.push(key.clone());
            match value {
                serde_yaml::Value::Mapping(inner) => self.write_map(inner, path),
                leaf => self.write_leaf(leaf, path),
            }
            path.pop();
            self.share(",");
        }
        self.share("}");
    }

    fn write_leaf(&mut self, leaf: &serde_yaml::Value, path: &[serde_yaml::Value]) {
        match self.grid.find_param(path) {
            Some((axis, param)) => {
                self.parts.push(Part::Value { axis, param, index: None, text: String::new() });
            }
            None => {
                let mut text = String::new();
                write(&mut text, &yaml::to_json(leaf));
                self.share(&text);
            }
        }
    }

    fn share(&mut self, more: &str) {
        match self.parts.last_mut() {
            Some(Part::Shared(text)) => text.push_str(more),
            _ => self.parts.push(Part::Shared(more.to_owned())),
        }
    }
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

    #[test]
    fn those_of_a_grid_are_those_of_its_configurations() {
        for text in [
            "{}",
            "lr: 0.1\n",
            "b: 1 | 2.0 | x\na: {d: 0.1:0.5:0.1, c: [1, {z: 1, a: 2}], e: {}}\n1: (a | b)\nz: (1 | 2)\n",
            "lr: ~log(1e-5, 1e-1) × 5\nseed: 1:3\nname: \"quoted \\\" text\"\n",
            "1: a | b\n\"1\": c | d\nnull: .nan | 1e400 | 99999999999999999999999\n",
        ] {
            let config = yaml::parse_mapping(text).unwrap();
            let grid = Grid::parse(&config, None).unwrap();
            let mut found = GridFingerprints::new(&grid);
            let indices = (0..grid.count()).chain((0..grid.count()).rev());
            for index in indices {
                let config = yaml::to_json(&grid.nth(index).unwrap().into());
                assert_eq!(found.nth(index), Some(of(&config)), "{text} at {index}");
            }
            assert_eq!(found.nth(grid.count()), None);
        }
    }

    #[test]
    fn a_condition_leaves_the_same_ones_out() {
        let config = yaml::parse_mapping("lr: 0.1 | 0.2\nseed: 1:4\nx: 7 | 8\n").unwrap();
        let grid = Grid::parse(&config, None).unwrap().only_where("seed > 2 and lr < 0.2").unwrap();
        let mut found = GridFingerprints::new(&grid);
        let expected = grid.configs().map(|config| of(&yaml::to_json(&config.into())));
        let found: Vec<_> = (0..grid.count()).filter_map(|index| found.nth(index)).collect();
        assert_eq!((found.len(), found), (4, expected.collect()));
    }
}
