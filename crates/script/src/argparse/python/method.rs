//! Evaluates methods of strings, lists and dicts.

use std::rc::Rc;

use super::call_arguments::CallArguments;
use super::value::PyValue;

/// Calls a method of plain data: its result, and the receiver if it was changed. `None` if the
/// receiver is something else.
pub(super) fn call(
    receiver: &PyValue,
    name: &str,
    arguments: &CallArguments,
) -> Option<(PyValue, Option<PyValue>)> {
    match receiver {
        PyValue::Str(text) => Some((of_text(text, name, arguments), None)),
        PyValue::List(items) => Some(of_list(items, name, arguments)),
        PyValue::Tuple(_) => Some((PyValue::Unknown, None)),
        PyValue::Dict(items) => Some(of_dict(items, name, arguments)),
        PyValue::Path(_) if matches!(name, "as_posix" | "__str__") => {
            Some((PyValue::str(receiver.as_str()?), None))
        }
        PyValue::Path(_) => Some((PyValue::Unknown, None)),
        _ => None,
    }
}

fn of_text(text: &str, name: &str, arguments: &CallArguments) -> PyValue {
    let first = arguments.positional.first().map(|argument| &argument.value);
    let second = arguments.positional.get(1).map(|argument| &argument.value);
    let first_text = first.and_then(PyValue::as_str);
    match (name, first, first_text, second.and_then(PyValue::as_str)) {
        ("lower", None, ..) => PyValue::str(text.to_lowercase()),
        ("upper", None, ..) => PyValue::str(text.to_uppercase()),
        ("strip", None, ..) => PyValue::str(text.trim()),
        ("strip", _, Some(set), _) => PyValue::str(text.trim_matches(|c| set.contains(c))),
        ("rstrip", None, ..) => PyValue::str(text.trim_end()),
        ("rstrip", _, Some(set), _) => PyValue::str(text.trim_end_matches(|c| set.contains(c))),
        ("removeprefix", _, Some(part), _) => PyValue::str(text.strip_prefix(part).unwrap_or(text)),
        ("removesuffix", _, Some(part), _) => PyValue::str(text.strip_suffix(part).unwrap_or(text)),
        ("islower", None, ..) => PyValue::Bool(has_case(text) && text.to_lowercase() == text),
        ("isupper", None, ..) => PyValue::Bool(has_case(text) && text.to_uppercase() == text),
        ("lstrip", _, Some(set), _) => PyValue::str(text.trim_start_matches(|c| set.contains(c))),
        ("replace", _, Some(from), Some(to)) if !from.is_empty() => {
            PyValue::str(text.replace(from, to))
        }
        ("split", None, ..) => PyValue::list(text.split_whitespace().map(PyValue::str).collect()),
        ("split", _, Some(separator), None) if !separator.is_empty() && second.is_none() => {
            PyValue::list(text.split(separator).map(PyValue::str).collect())
        }
        ("startswith", _, Some(part), _) => PyValue::Bool(text.starts_with(part)),
        ("endswith", _, Some(part), _) => PyValue::Bool(text.ends_with(part)),
        ("join", Some(items), ..) => {
            let items = items.items().unwrap_or_else(|| vec![PyValue::Unknown]);
            let parts: Option<Vec<&str>> = items.iter().map(PyValue::as_str).collect();
            parts.map_or(PyValue::Unknown, |parts| PyValue::str(parts.join(text)))
        }
        ("format", ..) => format(text, arguments).map_or(PyValue::Unknown, PyValue::str),
        _ => PyValue::Unknown,
    }
}

/// Whether there is a letter with an upper and a lower case.
fn has_case(text: &str) -> bool {
    text.to_lowercase() != text.to_uppercase()
}

/// `"{}-{name}".format(…)`, without format specifications.
fn format(text: &str, arguments: &CallArguments) -> Option<String> {
    let mut out = String::new();
    let mut remaining = text;
    let mut next = 0;
    while let Some(at) = remaining.find(['{', '}']) {
        out.push_str(&remaining[..at]);
        let brace = &remaining[at..=at];
        remaining = &remaining[at + 1..];
        if let Some(tail) = remaining.strip_prefix(brace) {
            out.push_str(brace);
            remaining = tail;
            continue;
        }
        let (field, tail) = remaining.split_once('}').filter(|_| brace == "{")?;
        remaining = tail;
        let argument = if field.is_empty() {
            next += 1;
            arguments.positional.get(next - 1)
        } else if let Ok(index) = field.parse::<usize>() {
            arguments.positional.get(index)
        } else {
            arguments.keyword(field)
        };
        out.push_str(&super::text::display(&argument?.value)?);
    }
    out.push_str(remaining);
    Some(out)
}

fn of_list(
    items: &Rc<Vec<PyValue>>,
    name: &str,
    arguments: &CallArguments,
) -> (PyValue, Option<PyValue>) {
    let first = arguments.positional.first().map(|argument| argument.value.clone());
    let changed = match (name, first) {
        ("copy", None) => return (PyValue::List(items.clone()), None),
        ("index" | "count", _) => return (PyValue::Unknown, None),
        ("append", Some(value)) => Some(items.iter().cloned().chain([value]).collect::<Vec<_>>()),
        ("extend", Some(value)) => {
            value.items().map(|more| items.iter().cloned().chain(more).collect())
        }
        _ => None,
    };
    (PyValue::None, Some(changed.map_or(PyValue::Unknown, PyValue::list)))
}

fn of_dict(
    items: &Rc<Vec<(PyValue, PyValue)>>,
    name: &str,
    arguments: &CallArguments,
) -> (PyValue, Option<PyValue>) {
    let first = arguments.positional.first().map(|argument| &argument.value);
    let result = match (name, first) {
        ("keys", None) => PyValue::list(items.iter().map(|(key, _)| key.clone()).collect()),
        ("values", None) => PyValue::list(items.iter().map(|(_, value)| value.clone()).collect()),
        ("items", None) => PyValue::list(
            items
                .iter()
                .map(|(key, value)| PyValue::tuple(vec![key.clone(), value.clone()]))
                .collect(),
        ),
        ("copy", None) => PyValue::Dict(items.clone()),
        ("get", Some(key)) if !key.is_unknown() => {
            let otherwise = arguments.positional.get(1).map(|argument| argument.value.clone());
            items
                .iter()
                .find(|(known, _)| known == key)
                .map(|(_, value)| value.clone())
                .or(otherwise)
                .unwrap_or(PyValue::None)
        }
        ("get", _) => PyValue::Unknown,
        ("update", _) => return (PyValue::None, Some(updated(items, arguments))),
        _ => return (PyValue::Unknown, Some(PyValue::Unknown)),
    };
    (result, None)
}

/// A dict after `update`.
fn updated(items: &[(PyValue, PyValue)], arguments: &CallArguments) -> PyValue {
    let argument = match arguments.positional.as_slice() {
        [] => Some(Vec::new()),
        [argument] => match &argument.value {
            PyValue::Dict(more) => Some(more.to_vec()),
            _ => None,
        },
        _ => None,
    };
    let Some(argument) = argument.filter(|_| !arguments.is_partial) else {
        return PyValue::Unknown;
    };
    let keywords = arguments.keywords.iter();
    let keywords = keywords.map(|(name, argument)| (PyValue::str(name), argument.value.clone()));
    let mut items = items.to_vec();
    for (key, value) in argument.into_iter().chain(keywords) {
        match items.iter_mut().find(|(known, _)| *known == key) {
            Some((_, old)) => *old = value,
            None => items.push((key, value)),
        }
    }
    PyValue::dict(items)
}
