//! Names of tasks made from their values: `{lr}-{seed}`.

use serde_yaml::{Mapping, Value};

use super::error::BatchError;
use super::grid::Grid;
use super::param::{dotted, look_up};
use super::structure::column;
use crate::yaml;

/// The most characters that one value gives to a name.
const MAX_VALUE_CHARS: usize = 40;

/// A pattern that was read for one grid.
#[derive(Debug, Clone, PartialEq)]
pub struct NamePattern {
    pieces: Vec<Piece>,
    /// Whether no two tasks can get the same name but for values that are written alike.
    tells_apart: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Text(String),
    /// The value at this path.
    Value(Vec<Value>),
    /// The place in the batch.
    Place,
}

/// Whether a name is a pattern: it has something in braces.
#[must_use]
pub fn is_pattern(name: &str) -> bool {
    name.find('{').is_some_and(|open| name[open..].contains('}'))
}

impl NamePattern {
    /// Reads a pattern: `{key}` is the value of a parameter, `{#}` the place in the batch.
    ///
    /// # Errors
    /// When there is no parameter of such a name, or a brace is never closed.
    pub fn parse(text: &str, grid: &Grid) -> Result<Self, BatchError> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let at = text.len() - rest.len() + open;
            pieces.push(Piece::Text(rest[..open].to_owned()));
            let Some(close) = rest[open..].find('}') else {
                return Err(BatchError::at(column(text, at), "this { is never closed in the name"));
            };
            let key = rest[open + 1..open + close].trim();
            pieces.push(match grid.path_of(key) {
                _ if key == "#" => Piece::Place,
                Some(path) => Piece::Value(path),
                None => {
                    let message =
                        format!("the name asks for {{{key}}}, but no parameter is called so");
                    return Err(BatchError::at(column(text, at), message));
                }
            });
            rest = &rest[open + close + 1..];
        }
        pieces.push(Piece::Text(rest.to_owned()));
        let shown: Vec<String> = pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Value(path) => Some(dotted(path)),
                _ => None,
            })
            .collect();
        // Of parameters that go in step, one is enough.
        let has = |keys: Vec<String>| keys.iter().any(|key| shown.contains(key));
        let tells_apart = pieces.contains(&Piece::Place) || grid.axis_keys().into_iter().all(has);
        Ok(Self { pieces, tells_apart })
    }

    /// The name of the task at a place from 1 of a batch of `count`. Where the pattern leaves out
    /// something that varies, `_1-of-4` follows.
    #[must_use]
    pub fn name(&self, config: &Mapping, place: u64, count: u64) -> String {
        let width = count.to_string().len();
        let mut name: String = self
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Value(path) => in_name(look_up(config, path).unwrap_or(&Value::Null)),
                Piece::Place => format!("{place:0width$}"),
            })
            .collect();
        if !self.tells_apart && count > 1 {
            name.push_str(&format!("_{place}-of-{count}"));
        }
        name
    }
}

/// A value as part of a name: what no file may be called becomes `-`.
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
    fn of_what_goes_in_step_one_is_enough() {
        assert_eq!(names("{a}", "a: (1 | 2)\nb: (3 | 4)\n"), ["1", "2"]);
        assert_eq!(names("{a}", "a: 1 | 2\nb: 3 | 4\n")[0], "1_1-of-4");
    }

    #[test]
    fn what_is_not_there_is_named() {
        let error = NamePattern::parse("a-{lrr}", &grid("lr: 1")).unwrap_err();
        assert_eq!((error.column, error.message.contains("{lrr}")), (Some(3), true));
        assert_eq!(NamePattern::parse("a{b", &grid("b: 1")).unwrap_err().column, Some(2));
        assert!(is_pattern("{a}") && !is_pattern("a}{") && !is_pattern("a{"));
    }
}
