//! Changes values in a YAML text and preserves the rest of it.

use serde_yaml::{Mapping, Value};

use super::entry::{Entry, entries};
use super::{parse_mapping, to_flow, to_text};

/// Changes the values in a text so that it means `expected`. Comments, blank lines, order and
/// quotes are preserved.
///
/// If that is not possible, for example because the text is in flow style or an entry has to be
/// removed, it is written again without its comments: then the second part of the result is
/// `false`.
#[must_use]
pub fn edit(text: &str, expected: &Mapping) -> (String, bool) {
    let means = |text: &str| parse_mapping(text).is_ok_and(|now| is_same(&now, expected));
    if means(text) {
        return (text.to_owned(), true);
    }
    match edited(text, expected).filter(|text| means(text)) {
        Some(text) => (text, true),
        None => (to_text(expected), text.trim().is_empty()),
    }
}

/// Line and column of the value of an entry, from 1; of its key if there is no value.
#[must_use]
pub fn locate(text: &str, path: &[String]) -> Option<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let found = entries(&lines).into_iter().find(|entry| {
        entry.path.len() == path.len()
            && entry.path.iter().zip(path).all(|(key, name)| super::key_text(key) == *name)
    })?;
    let start = if found.value.0 == found.value.1 { found.key.0 } else { found.value.0 };
    Some((found.line + 1, lines[found.line][..start].chars().count() + 1))
}

/// The order of keys is part of the meaning.
fn is_same(left: &Mapping, right: &Mapping) -> bool {
    left.len() == right.len()
        && left.iter().zip(right).all(|((key, value), (other_key, other))| {
            key == other_key
                && match (value, other) {
                    (Value::Mapping(value), Value::Mapping(other)) => is_same(value, other),
                    (value, other) => value == other,
                }
        })
}

fn edited(text: &str, expected: &Mapping) -> Option<String> {
    let now = parse_mapping(text).ok()?;
    let lines: Vec<&str> = text.lines().collect();
    let mut out: Vec<Option<String>> = lines.iter().map(|line| Some((*line).to_owned())).collect();
    let known = entries(&lines);
    change(&mut out, &lines, &known, &now, expected, &mut Vec::new())?;
    let mut text: String = out.into_iter().flatten().map(|line| line + "\n").collect();
    let added: Mapping = expected
        .iter()
        .filter(|(key, _)| !now.contains_key(*key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    if !added.is_empty() {
        text.push_str(&to_text(&added));
    }
    Some(text)
}

/// Writes the values of `expected` that differ from `now` into the lines of their entries.
fn change(
    out: &mut [Option<String>],
    lines: &[&str],
    known: &[Entry],
    now: &Mapping,
    expected: &Mapping,
    path: &mut Vec<Value>,
) -> Option<()> {
    for (key, value) in expected {
        let Some(old) = now.get(key).filter(|old| *old != value) else { continue };
        path.push(key.clone());
        if let (Value::Mapping(old), Value::Mapping(value)) = (old, value)
            && !old.is_empty()
            && !value.is_empty()
        {
            change(out, lines, known, old, value, path)?;
        } else {
            let entry = known.iter().find(|entry| entry.path == *path)?;
            let line = lines[entry.line];
            let (before, after) = (line[..entry.value.0].trim_end(), &line[entry.value.1..]);
            let gap = if after.starts_with('#') { "  " } else { "" };
            out[entry.line] = Some(format!("{before} {}{gap}{after}", to_flow(value)));
            out[entry.line + 1..entry.end].iter_mut().for_each(|line| *line = None);
        }
        path.pop();
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::yaml::tests::any_value;

    const TEXT: &str = "# how to train\nlr: 0.1  # step size\n\noptim:\n  # which one\n  kind: sgd\n  \
        betas:\n    - 0.9\n    - 0.99\nname: \"it's # no comment\"   # but this is\nnotes: |\n  kind: x\n  b\nlast:\n";

    fn with(path: &[&str], value: impl Into<Value>) -> Mapping {
        let mut config = parse_mapping(TEXT).unwrap();
        let (last, outer) = path.split_last().unwrap();
        let mut inner = &mut config;
        for key in outer {
            inner = inner.get_mut(*key).unwrap().as_mapping_mut().unwrap();
        }
        inner.insert((*last).into(), value.into());
        config
    }

    #[test]
    fn one_value_changes_and_all_else_stays() {
        for (path, value, old, new) in [
            (&["lr"][..], Value::from(1e-5), "lr: 0.1  # step", "lr: 1.0e-05  # step"),
            (&["optim", "kind"], "0.1 | 2".into(), "kind: sgd\n", "kind: \"0.1 | 2\"\n"),
            (
                &["optim", "betas"],
                vec![1, 2].into(),
                "betas:\n    - 0.9\n    - 0.99",
                "betas: [1, 2]",
            ),
            (&["name"], "x".into(), "\"it's # no comment\"   #", "x   #"),
            (&["notes"], "one".into(), "notes: |\n  kind: x\n  b", "notes: one"),
            (&["last"], 3.into(), "last:\n", "last: 3\n"),
        ] {
            let expected = with(path, value);
            assert_eq!(edit(TEXT, &expected), (TEXT.replace(old, new), true), "{path:?}");
        }
        assert_eq!(edit(TEXT, &parse_mapping(TEXT).unwrap()).0, TEXT);
        let added = edit(TEXT, &with(&["more"], "yes"));
        assert_eq!(added, (format!("{TEXT}more: \"yes\"\n"), true));
    }

    #[test]
    fn edits_that_cannot_be_made_in_place_rewrite_the_text() {
        for text in ["{a: 1, b: 2}\n", "a: 1\nb: 2\nc: 3\n", "a: &x 1\nb: 2 # c\n"] {
            let expected = parse_mapping("a: 5\nb: 2\n").unwrap();
            let (new, _) = edit(text, &expected);
            assert_eq!(parse_mapping(&new).unwrap(), expected, "{text}");
        }
        let expected = parse_mapping("a: 5\n").unwrap();
        assert_eq!(edit("# x\nb: 1\n", &expected), ("a: 5\n".to_owned(), false));
        assert_eq!(edit("", &expected), ("a: 5\n".to_owned(), true));
    }

    #[test]
    fn places_are_those_of_the_values() {
        let place = |path: &[&str]| {
            locate(TEXT, &path.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(place(&["lr"]), Some((2, 5)));
        assert_eq!(place(&["optim", "kind"]), Some((6, 9)));
        assert_eq!(place(&["last"]), Some((14, 1)));
        assert_eq!(place(&["kind"]), None);
    }

    proptest! {
        #[test]
        fn an_edited_text_has_the_intended_value(old in any_value(), new in any_value(), inner in any::<bool>()) {
            let wrap = |value: &Value| {
                let inner_map = Mapping::from_iter([("k".into(), value.clone()), ("z".into(), 1.into())]);
                let outer = if inner { Value::Mapping(inner_map) } else { value.clone() };
                Mapping::from_iter([("a".into(), outer), ("b".into(), "stays".into())])
            };
            let text = to_text(&wrap(&old));
            let (edited, _) = edit(&text, &wrap(&new));
            prop_assert!(is_same(&parse_mapping(&edited).unwrap(), &wrap(&new)), "{text}\n{edited}");
        }

        #[test]
        fn no_text_breaks_it(text in "[ \n\t:#\\[\\]{}&*!|>'\"%,?a-b0-9-]{0,40}") {
            let (edited, _) = edit(&text, &wanted_of_props());
            prop_assert!(parse_mapping(&edited).is_ok());
            let _ = locate(&text, &["a".to_owned()]);
        }
    }

    fn wanted_of_props() -> Mapping {
        parse_mapping("a: 1\nb: {a: 2}\n").unwrap()
    }
}
