//! Evaluates operators on known values. If Python would raise an error, the result is unknown.

use ruff_python_ast::{CmpOp, Operator};

use super::text;
use super::value::PyValue;

/// Maximum length of a string or list built by repetition.
const LENGTH_LIMIT: usize = 10_000;

/// `left op right`.
pub(super) fn binary(op: Operator, left: &PyValue, right: &PyValue) -> PyValue {
    let result = match (left, right) {
        (PyValue::Int(left), PyValue::Int(right)) => integers(op, *left, *right),
        (PyValue::Bool(_) | PyValue::Int(_) | PyValue::Float(_), _) if is_number(right) => {
            floats(op, left, right)
        }
        _ => sequences(op, left, right),
    };
    result.unwrap_or(PyValue::Unknown)
}

fn is_number(value: &PyValue) -> bool {
    matches!(value, PyValue::Int(_) | PyValue::Float(_))
}

fn integers(op: Operator, left: i64, right: i64) -> Option<PyValue> {
    let result = match op {
        Operator::Add => left.checked_add(right),
        Operator::Sub => left.checked_sub(right),
        Operator::Mult => left.checked_mul(right),
        Operator::FloorDiv => floor_div(left, right),
        Operator::Mod => {
            floor_div(left, right).and_then(|it| left.checked_sub(it.checked_mul(right)?))
        }
        Operator::Pow if right >= 0 => left.checked_pow(u32::try_from(right).ok()?),
        Operator::LShift if (0..62).contains(&right) => left.checked_mul(1 << right),
        Operator::RShift if (0..63).contains(&right) => Some(left >> right),
        Operator::BitOr => Some(left | right),
        Operator::BitAnd => Some(left & right),
        Operator::BitXor => Some(left ^ right),
        _ => return real(op, left as f64, right as f64),
    };
    result.map(PyValue::Int)
}

fn floor_div(left: i64, right: i64) -> Option<i64> {
    let quotient = left.checked_div(right)?;
    let is_inexact = left.checked_rem(right)? != 0;
    Some(if is_inexact && (left < 0) != (right < 0) { quotient - 1 } else { quotient })
}

fn floats(op: Operator, left: &PyValue, right: &PyValue) -> Option<PyValue> {
    real(op, as_float(left)?, as_float(right)?)
}

/// A number as a float.
pub(super) fn as_float(value: &PyValue) -> Option<f64> {
    match value {
        PyValue::Int(it) => Some(*it as f64),
        PyValue::Float(it) => Some(*it),
        _ => None,
    }
}

fn real(op: Operator, left: f64, right: f64) -> Option<PyValue> {
    if right == 0.0 && matches!(op, Operator::Div | Operator::FloorDiv | Operator::Mod) {
        return None;
    }
    let result = match op {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mult => left * right,
        Operator::Div => left / right,
        Operator::FloorDiv => (left / right).floor(),
        Operator::Mod => left - right * (left / right).floor(),
        Operator::Pow => left.powf(right),
        _ => return None,
    };
    result.is_finite().then_some(PyValue::Float(result))
}

fn sequences(op: Operator, left: &PyValue, right: &PyValue) -> Option<PyValue> {
    Some(match (op, left, right) {
        (Operator::Add, PyValue::Str(left), PyValue::Str(right)) => {
            bounded(left.len() + right.len())?;
            PyValue::str(format!("{left}{right}"))
        }
        (Operator::Div, PyValue::Path(left), PyValue::Str(right) | PyValue::Path(right)) => {
            PyValue::Path(join_path(left, right).into())
        }
        (Operator::Div, PyValue::Str(left), PyValue::Path(right)) => {
            PyValue::Path(join_path(left, right).into())
        }
        (Operator::Mult, PyValue::Str(text), PyValue::Int(times)) => {
            let times = usize::try_from(*times).unwrap_or(0);
            bounded(text.len().checked_mul(times)?)?;
            PyValue::str(text.repeat(times))
        }
        (Operator::Mult, PyValue::List(items), PyValue::Int(times)) => {
            let times = usize::try_from(*times).unwrap_or(0);
            bounded(items.len().checked_mul(times)?)?;
            PyValue::list(items.iter().cycle().take(items.len() * times).cloned().collect())
        }
        (Operator::Add, PyValue::List(left), PyValue::List(right)) => {
            bounded(left.len() + right.len())?;
            PyValue::list(left.iter().chain(right.iter()).cloned().collect())
        }
        (Operator::Add, PyValue::Tuple(left), PyValue::Tuple(right)) => {
            bounded(left.len() + right.len())?;
            PyValue::tuple(left.iter().chain(right.iter()).cloned().collect())
        }
        (Operator::Mod, PyValue::Str(format), right) => percent(format, right)?,
        _ => return None,
    })
}

fn bounded(length: usize) -> Option<()> {
    (length <= LENGTH_LIMIT).then_some(())
}

/// `"%s_%d" % values`, without widths.
fn percent(format: &str, right: &PyValue) -> Option<PyValue> {
    let single = [right.clone()];
    let mut values = match right {
        PyValue::Tuple(items) => items.iter(),
        _ => single.iter(),
    };
    let mut out = String::new();
    let mut remaining = format.chars();
    while let Some(c) = remaining.next() {
        match c {
            '%' => match remaining.next()? {
                '%' => out.push('%'),
                's' => out.push_str(&text::display(values.next()?)?),
                'd' => match values.next()? {
                    PyValue::Int(value) => out.push_str(&value.to_string()),
                    _ => return None,
                },
                _ => return None,
            },
            c => out.push(c),
        }
    }
    values.next().is_none().then(|| PyValue::str(out))
}

/// `os.path.join(left, right)`.
pub(super) fn join(left: &str, right: &str) -> String {
    if right.starts_with('/') || left.is_empty() {
        right.to_owned()
    } else if left.ends_with('/') {
        format!("{left}{right}")
    } else {
        format!("{left}/{right}")
    }
}

/// `Path(left) / right`.
fn join_path(left: &str, right: &str) -> String {
    clean_path(&join(left, right))
}

/// The normalized text of `Path(text)`: no `./` prefix, no trailing `/`, no empty parts.
pub(super) fn clean_path(text: &str) -> String {
    let root = if text.starts_with('/') { "/" } else { "" };
    let parts: Vec<_> = text.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let joined = format!("{root}{}", parts.join("/"));
    if joined.is_empty() { ".".into() } else { joined }
}

/// `a < b == c …`.
pub(super) fn compare(ops: &[CmpOp], values: &[PyValue]) -> PyValue {
    for (op, pair) in ops.iter().zip(values.windows(2)) {
        match compare_two(*op, &pair[0], &pair[1]) {
            Some(true) => {}
            Some(false) => return PyValue::Bool(false),
            None => return PyValue::Unknown,
        }
    }
    PyValue::Bool(true)
}

fn compare_two(op: CmpOp, left: &PyValue, right: &PyValue) -> Option<bool> {
    let is_plain = |value: &PyValue| value.to_json().is_some();
    if matches!(op, CmpOp::Is | CmpOp::IsNot) && *right == PyValue::None {
        let is_decided = is_plain(left) || left.is_handle();
        return is_decided.then_some((*left == PyValue::None) == (op == CmpOp::Is));
    }
    if !is_plain(left) || !is_plain(right) {
        return None;
    }
    let order = match (left, right) {
        (PyValue::Str(left), PyValue::Str(right)) => left.partial_cmp(right),
        _ => as_float(left).zip(as_float(right)).and_then(|(left, right)| left.partial_cmp(&right)),
    };
    match op {
        CmpOp::Eq => Some(order.map_or(left == right, |it| it.is_eq())),
        CmpOp::NotEq => Some(order.map_or(left != right, |it| it.is_ne())),
        CmpOp::Lt => order.map(|it| it.is_lt()),
        CmpOp::LtE => order.map(|it| it.is_le()),
        CmpOp::Gt => order.map(|it| it.is_gt()),
        CmpOp::GtE => order.map(|it| it.is_ge()),
        CmpOp::In | CmpOp::NotIn => {
            let contains = match (left, right) {
                (PyValue::Str(part), PyValue::Str(text)) => text.contains(&**part),
                _ => right.items()?.contains(left),
            };
            Some(contains == (op == CmpOp::In))
        }
        CmpOp::Is | CmpOp::IsNot => None,
    }
}
