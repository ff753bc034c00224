//! Builds names of tasks from their values: `{lr}-{seed}`.

use crate::message::BatchText;
use serde_yaml::{Mapping, Value};

use super::error::BatchError;
use super::grid::Grid;
use super::param::{dotted, value_at};
use super::structure::column;
use crate::yaml;

/// Maximum number of characters of one value in a name.
const MAX_VALUE_CHARS: usize = 40;

/// A pattern parsed for one grid.
#[derive(Debug, Clone, PartialEq)]
pub struct NamePattern {
    parts: Vec<PatternPart>,
    /// Whether all names are distinct, except for values with the same text.
    tells_apart: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum PatternPart {
    Text(String),
    /// The value at this path.
    Value(Vec<Value>),
    /// The position in the batch.
    Position,
}

/// Whether a name is a pattern: it contains braces.
#[must_use]
pub fn is_pattern(name: &str) -> bool {
    name.find('{').is_some_and(|open| name[open..].contains('}'))
}

impl NamePattern {
    /// Parses a pattern: `{key}` is the value of a parameter, `{#}` the position in the batch.
    ///
    /// # Errors
    /// When there is no such parameter, or a brace is not closed.
    pub fn parse(text: &str, grid: &Grid) -> Result<Self, BatchError> {
        let mut parts = Vec::new();
        let mut remaining = text;
        while let Some(open) = remaining.find('{') {
            let at = text.len() - remaining.len() + open;
            parts.push(PatternPart::Text(remaining[..open].to_owned()));
            let Some(close) = remaining[open..].find('}') else {
                return Err(BatchError::at(column(text, at), BatchText::OpenBrace, &[]));
            };
            let key = remaining[open + 1..open + close].trim();
            parts.push(match grid.path_of(key) {
                _ if key == "#" => PatternPart::Position,
                Some(path) => PatternPart::Value(path),
                None => {
                    let at = column(text, at);
                    return Err(BatchError::at(at, BatchText::NameAsksFor, &[&key]));
                }
            });
            remaining = &remaining[open + close + 1..];
        }
        parts.push(PatternPart::Text(remaining.to_owned()));
        let displayed: Vec<String> = parts
            .iter()
            .filter_map(|part| match part {
                PatternPart::Value(path) => Some(dotted(path)),
                _ => None,
            })
            .collect();
        // Of parameters that vary in parallel, one is sufficient.
        let has = |keys: Vec<String>| keys.iter().any(|key| displayed.contains(key));
        let tells_apart =
            parts.contains(&PatternPart::Position) || grid.axis_keys().into_iter().all(has);
        Ok(Self { parts, tells_apart })
    }

    /// The name of the task at a position, from 1, of a batch of `count`. If the pattern does not
    /// contain everything that varies, `_1-of-4` is appended.
    #[must_use]
    pub fn name(&self, config: &Mapping, position: u64, count: u64) -> String {
        let width = count.to_string().len();
        let mut name: String = self
            .parts
            .iter()
            .map(|part| match part {
                PatternPart::Text(text) => text.clone(),
                PatternPart::Value(path) => in_name(value_at(config, path).unwrap_or(&Value::Null)),
                PatternPart::Position => format!("{position:0width$}"),
            })
            .collect();
        if !self.tells_apart && count > 1 {
            name.push_str(&format!("_{position}-of-{count}"));
        }
        name
    }
}

/// A value as part of a name: characters that are invalid in file names become `-`.
fn in_name(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_finite() => yaml::short_number(number),
        other => yaml::to_flow(other).replace(' ', ""),
    };
    let is_bad = |letter: char| letter.is_control() || r#"<>:"/\|?*@"#.contains(letter);
    let text: String = text
        .trim_start_matches('.')
        .chars()
        .map(|letter| match letter {
            ' ' => '_',
            letter if is_bad(letter) => '-',
            letter => letter,
        })
        .take(MAX_VALUE_CHARS)
        .collect();
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &str) -> Grid {
        Grid::parse(&yaml::parse_mapping(text).unwrap(), None).unwrap()
    }

    fn names(pattern: &str, config: &str) -> Vec<String> {
        let grid = grid(config);
        let pattern = NamePattern::parse(pattern, &grid).unwrap();
        let count = grid.count();
        (0..count).map(|at| pattern.name(&grid.nth(at).unwrap(), at + 1, count)).collect()
    }

    #[test]
    fn values_make_names() {
        let config = "lr: 0.1 | 1e-5\nopt: {kind: sgd}\npath: ./a/b c";
        assert_eq!(names("lr{lr}", config), ["lr0.1", "lr1e-5"]);
        assert_eq!(names("{opt.kind}-{lr}", config), ["sgd-0.1", "sgd-1e-5"]);
        assert_eq!(names("{kind}", config), ["sgd_1-of-2", "sgd_2-of-2"]);
        assert_eq!(names("{path}-{#}", config), ["-a-b_c-1", "-a-b_c-2"]);
        assert_eq!(names("{lr}", "lr: 3\n"), ["3"]);
        let many = names("t{#}", "seed: 1:10");
        assert_eq!((many[0].as_str(), many[9].as_str()), ("t01", "t10"));
    }

    #[test]
    fn one_of_several_zipped_parameters_is_sufficient() {
        assert_eq!(names("{a}", "a: (1 | 2)\nb: (3 | 4)\n"), ["1", "2"]);
        assert_eq!(names("{a}", "a: 1 | 2\nb: 3 | 4\n")[0], "1_1-of-4");
    }

    #[test]
    fn missing_entries_are_named() {
        let error = NamePattern::parse("a-{lrr}", &grid("lr: 1")).unwrap_err();
        assert_eq!((error.column, error.message.contains("{lrr}")), (Some(3), true));
        assert_eq!(NamePattern::parse("a{b", &grid("b: 1")).unwrap_err().column, Some(2));
        assert!(is_pattern("{a}") && !is_pattern("a}{") && !is_pattern("a{"));
    }
}
