//! Evaluates built-in and library functions.

use super::call_arguments::CallArguments;
use super::operator::{as_float, clean_path, join};
use super::text;
use super::value::PyValue;

/// Maximum length of a `range()` that is expanded.
const RANGE_LIMIT: i64 = 2_000;

/// The value of an unbound name: a built-in.
pub(super) fn named(name: &str) -> PyValue {
    const NAMES: &[&str] = &[
        "abs",
        "bool",
        "dict",
        "enumerate",
        "eval",
        "float",
        "frozenset",
        "int",
        "isinstance",
        "len",
        "list",
        "map",
        "max",
        "min",
        "open",
        "range",
        "reversed",
        "round",
        "set",
        "sorted",
        "str",
        "sum",
        "tuple",
        "type",
        "zip",
    ];
    if NAMES.contains(&name) { PyValue::external(name) } else { PyValue::Unknown }
}

/// Calls a built-in or library function; unknown unless it is pure and supported.
pub(super) fn call(name: &str, arguments: &CallArguments) -> PyValue {
    if arguments.is_partial {
        return PyValue::Unknown;
    }
    let values: Vec<&PyValue> =
        arguments.positional.iter().map(|argument| &argument.value).collect();
    let result = match (name, values.as_slice()) {
        ("str", [value]) => text::display(value).map(PyValue::str),
        ("int", [value]) => to_int(value),
        ("float", [value]) => to_float(value),
        ("bool", [value]) => value.truth().map(PyValue::Bool),
        ("len", [value]) => {
            value.items().and_then(|it| i64::try_from(it.len()).ok()).map(PyValue::Int)
        }
        ("list" | "set" | "frozenset", []) => Some(PyValue::list(Vec::new())),
        ("tuple", []) => Some(PyValue::tuple(Vec::new())),
        ("dict", _) => Some(dict(arguments)),
        ("list", [value]) => value.items().map(PyValue::list),
        ("tuple", [value]) => value.items().map(PyValue::tuple),
        // The order of a set is known only when it is sorted or does not matter.
        ("set" | "frozenset", [value]) => value.items().map(PyValue::list),
        ("sorted", [value]) if arguments.keywords.is_empty() => sorted(value),
        ("reversed", [value]) => {
            value.items().map(|items| PyValue::list(items.into_iter().rev().collect()))
        }
        ("range", values) => range(values),
        ("type", [value]) => type_of(value).map(PyValue::external),
        ("isinstance", [value, kinds]) => is_instance(value, kinds).map(PyValue::Bool),
        ("enumerate", [value]) => enumerate(value),
        ("zip", values) => zip(values),
        ("abs", [PyValue::Int(value)]) => value.checked_abs().map(PyValue::Int),
        ("abs", [PyValue::Float(value)]) => Some(PyValue::Float(value.abs())),
        ("max" | "min", [first, ..]) => extreme(name, first, &values),
        (name, values) => library(name, values),
    };
    result.unwrap_or(PyValue::Unknown)
}

fn library(name: &str, values: &[&PyValue]) -> Option<PyValue> {
    let texts: Option<Vec<&str>> = values.iter().map(|value| value.as_str()).collect();
    let texts = texts?;
    match name {
        "os.path.join" | "posixpath.join" if !texts.is_empty() => {
            texts.into_iter().map(str::to_owned).reduce(|l, r| join(&l, &r)).map(PyValue::str)
        }
        "pathlib.Path" | "pathlib.PurePath" | "pathlib.PosixPath" | "pathlib.PurePosixPath" => {
            let joined = texts.into_iter().map(str::to_owned).reduce(|l, r| join(&l, &r));
            Some(PyValue::Path(clean_path(&joined.unwrap_or_default()).into()))
        }
        "os.path.basename" => Some(PyValue::str(texts.first()?.rsplit('/').next()?)),
        "os.fspath" => Some(PyValue::str(texts.first()?)),
        _ => None,
    }
}

/// The type of plain data.
fn type_of(value: &PyValue) -> Option<&'static str> {
    Some(match value {
        PyValue::None => "NoneType",
        PyValue::Bool(_) => "bool",
        PyValue::Int(_) => "int",
        PyValue::Float(_) => "float",
        PyValue::Str(_) => "str",
        PyValue::List(_) => "list",
        PyValue::Tuple(_) => "tuple",
        PyValue::Dict(_) => "dict",
        _ => return None,
    })
}

fn is_instance(value: &PyValue, kinds: &PyValue) -> Option<bool> {
    let own = type_of(value)?;
    match kinds {
        PyValue::External(kind) => Some(own == &**kind || (own, &**kind) == ("bool", "int")),
        PyValue::Tuple(kinds) => {
            kinds.iter().try_fold(false, |is_any, kind| Some(is_any | is_instance(value, kind)?))
        }
        _ => None,
    }
}

fn to_int(value: &PyValue) -> Option<PyValue> {
    Some(PyValue::Int(match value {
        PyValue::Int(value) => *value,
        PyValue::Bool(value) => i64::from(*value),
        PyValue::Float(value) if value.abs() < 9e15 => value.trunc() as i64,
        PyValue::Str(text) => text.trim().parse().ok()?,
        _ => return None,
    }))
}

fn to_float(value: &PyValue) -> Option<PyValue> {
    Some(PyValue::Float(match value {
        PyValue::Str(text) => text.trim().parse().ok()?,
        PyValue::Bool(value) => f64::from(u8::from(*value)),
        other => as_float(other)?,
    }))
}

fn dict(arguments: &CallArguments) -> PyValue {
    let mut items = match arguments.positional.first().map(|argument| &argument.value) {
        None => Vec::new(),
        Some(PyValue::Dict(items)) => items.to_vec(),
        Some(_) => return PyValue::Unknown,
    };
    for (name, argument) in &arguments.keywords {
        items.retain(|(key, _)| key.as_str() != Some(name));
        items.push((PyValue::str(name), argument.value.clone()));
    }
    PyValue::dict(items)
}

fn range(values: &[&PyValue]) -> Option<PyValue> {
    let numbers: Option<Vec<i64>> = values
        .iter()
        .map(|value| if let PyValue::Int(it) = value { Some(*it) } else { None })
        .collect();
    let (start, stop, step) = match *numbers?.as_slice() {
        [stop] => (0, stop, 1),
        [start, stop] => (start, stop, 1),
        [start, stop, step] => (start, stop, step),
        _ => return None,
    };
    let mut items = Vec::new();
    let mut next = start;
    while step != 0 && (step > 0 && next < stop || step < 0 && next > stop) {
        items.push(PyValue::Int(next));
        next = next.checked_add(step)?;
        if items.len() as i64 > RANGE_LIMIT {
            return None;
        }
    }
    (step != 0).then(|| PyValue::list(items))
}

fn enumerate(value: &PyValue) -> Option<PyValue> {
    let items = value.items()?.into_iter().zip(0..);
    Some(PyValue::list(
        items.map(|(item, index)| PyValue::tuple(vec![PyValue::Int(index), item])).collect(),
    ))
}

fn zip(values: &[&PyValue]) -> Option<PyValue> {
    let columns: Option<Vec<Vec<PyValue>>> = values.iter().map(|value| value.items()).collect();
    let columns = columns?;
    let length = columns.iter().map(Vec::len).min().unwrap_or(0);
    let row = |index: usize| columns.iter().map(|column| column[index].clone()).collect();
    Some(PyValue::list((0..length).map(|index| PyValue::tuple(row(index))).collect()))
}

fn sorted(value: &PyValue) -> Option<PyValue> {
    let mut items = value.items()?;
    if items.iter().all(|item| matches!(item, PyValue::Str(_))) {
        items.sort_by(|left, right| left.as_str().cmp(&right.as_str()));
    } else {
        let all_numbers = items.iter().all(|item| as_float(item).is_some());
        if !all_numbers {
            return None;
        }
        items.sort_by(|l, r| {
            as_float(l).partial_cmp(&as_float(r)).unwrap_or(std::cmp::Ordering::Equal)
        });
    }
    Some(PyValue::list(items))
}

fn extreme(name: &str, first: &PyValue, values: &[&PyValue]) -> Option<PyValue> {
    let items = if values.len() == 1 {
        first.items()?
    } else {
        values.iter().map(|value| (*value).clone()).collect()
    };
    let mut best: Option<(f64, PyValue)> = None;
    for item in items {
        let number = as_float(&item)?;
        let is_better = best
            .as_ref()
            .is_none_or(|(best, _)| if name == "max" { number > *best } else { number < *best });
        if is_better {
            best = Some((number, item));
        }
    }
    best.map(|(_, item)| item)
}
