//! Options: flags and their values.

use common::argument::{Action, Argument, DefaultValue, Nargs, ValueType};
use serde_yaml::Value;

use super::value_text;

/// Adds what gives an option its value; nothing for null.
pub(super) fn push(out: &mut Vec<String>, argument: &Argument, value: &Value) {
    if value.is_null() || is_best_left_out(argument, value) {
        return;
    }
    let Some(argument) = fitting(argument, value) else {
        return;
    };
    let flag = main_flag(argument);
    match argument.action {
        Action::StoreTrue => push_switch(out, argument, value, true),
        Action::StoreFalse => push_switch(out, argument, value, false),
        Action::StoreConst | Action::AppendConst => push_const(out, argument, value),
        Action::BooleanOptional => push_pair(out, argument, value),
        Action::Count => push_count(out, argument, value),
        Action::Append => {
            for item in added(argument, value) {
                push_values(out, flag, argument, &item);
            }
        }
        Action::Extend => {
            let items = added(argument, value);
            if !items.is_empty() {
                push_values(out, flag, argument, &Value::Sequence(items));
            }
        }
        Action::Store | Action::Custom => push_values(out, flag, argument, value),
    }
}

/// Adds a key that the parser was not seen to have.
pub(super) fn push_unknown(out: &mut Vec<String>, key: &str, value: &Value) {
    let flag = format!("--{key}");
    match value {
        Value::Null => {}
        Value::Sequence(items) if !items.is_empty() => {
            out.push(flag);
            out.extend(items.iter().map(value_text::plain));
        }
        Value::Sequence(_) => {}
        value => push_one(out, &flag, value_text::plain(value)),
    }
}

/// Whether argparse would take a text for a flag. It knows plain negative numbers.
pub(super) fn looks_like_flag(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('-').filter(|rest| !rest.is_empty()) else {
        return false;
    };
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = match rest.split_once('.') {
        None => is_digits(rest),
        Some((whole, part)) => is_digits(whole) && !part.is_empty() && is_digits(part),
    };
    !is_number
}

/// The first long flag, or else the first.
fn main_flag(argument: &Argument) -> &str {
    let is_long = |flag: &&String| {
        let mut chars = flag.chars();
        matches!((chars.next(), chars.next()), (Some(a), Some(b)) if a == b)
    };
    let long = argument
        .flags
        .iter()
        .find(is_long)
        .or(argument.flags.first());
    long.map_or("", String::as_str)
}

/// Whether passing a default would change what the script gets: without a `type=` a
/// number comes back as text, a function may not take the text of its own result, and of
/// a mutually exclusive group only one may be given.
fn is_best_left_out(argument: &Argument, value: &Value) -> bool {
    let DefaultValue::Known(default) = &argument.default else {
        return false;
    };
    if !is_equal(value, default) {
        return false;
    }
    let keeps = match argument.value_type {
        ValueType::Str | ValueType::Path => is_text(default),
        ValueType::Custom(_) => default.is_string(),
        ValueType::Int | ValueType::Float | ValueType::Bool => true,
    };
    let is_valued = matches!(argument.action, Action::Store | Action::Custom);
    argument.exclusive_group.is_some()
        || is_valued && !keeps
        || is_valued && default.is_object()
        || matches!(argument.action, Action::Custom)
}

fn is_text(default: &serde_json::Value) -> bool {
    match default {
        serde_json::Value::Array(items) => items.iter().all(serde_json::Value::is_string),
        other => other.is_string(),
    }
}

fn is_equal(value: &Value, default: &serde_json::Value) -> bool {
    match (value, default) {
        (Value::Number(value), serde_json::Value::Number(default)) => {
            value.as_f64() == default.as_f64()
        }
        (Value::Number(value), serde_json::Value::String(text)) => {
            value.as_f64().is_some_and(|it| !it.is_finite())
                && text.parse::<f64>().ok() == value.as_f64()
        }
        (Value::Sequence(items), serde_json::Value::Array(defaults)) => {
            items.len() == defaults.len()
                && items
                    .iter()
                    .zip(defaults)
                    .all(|(item, default)| is_equal(item, default))
        }
        _ => serde_json::to_value(value).is_ok_and(|value| value == *default),
    }
}

/// Of the arguments of one `dest`, the one that can give that value.
fn fitting<'a>(argument: &'a Argument, value: &Value) -> Option<&'a Argument> {
    if argument.alternatives.is_empty() {
        return Some(argument);
    }
    if matches!(&argument.default, DefaultValue::Known(default) if is_equal(value, default)) {
        return None;
    }
    let all = || std::iter::once(argument).chain(&argument.alternatives);
    let gives = |it: &&Argument| match it.action {
        Action::StoreTrue => *value == Value::Bool(true),
        Action::StoreFalse => *value == Value::Bool(false),
        Action::StoreConst => it
            .const_value
            .as_ref()
            .is_some_and(|it| is_equal(value, it)),
        _ => false,
    };
    let takes = |it: &&Argument| {
        matches!(
            it.action,
            Action::Store | Action::Custom | Action::BooleanOptional
        )
    };
    all()
        .find(gives)
        .or_else(|| all().find(takes))
        .or(Some(argument))
}

/// A bare flag where the value is the flag's; a value that is no bool is passed on, so
/// that the parser says what is wrong.
fn push_switch(out: &mut Vec<String>, argument: &Argument, value: &Value, given: bool) {
    let flag = main_flag(argument);
    match as_bool(value) {
        Some(value) if value == given => out.push(flag.to_owned()),
        Some(_) => {}
        None => push_one(out, flag, value_text::plain(value)),
    }
}

fn push_pair(out: &mut Vec<String>, argument: &Argument, value: &Value) {
    let flag = main_flag(argument);
    match (as_bool(value), flag.strip_prefix("--")) {
        (Some(false), Some(name)) => out.push(format!("--no-{name}")),
        (Some(false), None) => {}
        (Some(true), _) => out.push(flag.to_owned()),
        (None, _) => push_one(out, flag, value_text::plain(value)),
    }
}

fn push_const(out: &mut Vec<String>, argument: &Argument, value: &Value) {
    let flag = main_flag(argument).to_owned();
    let is_const = |value: &Value| {
        argument
            .const_value
            .as_ref()
            .is_some_and(|it| is_equal(value, it))
    };
    match value {
        Value::Sequence(items) if argument.action == Action::AppendConst => {
            out.extend(
                items
                    .iter()
                    .filter(|item| is_const(item))
                    .map(|_| flag.clone()),
            );
        }
        value if is_const(value) || *value == Value::Bool(true) => out.push(flag),
        _ => {}
    }
}

/// The flag once for each step above the default.
fn push_count(out: &mut Vec<String>, argument: &Argument, value: &Value) {
    let start = match &argument.default {
        DefaultValue::Known(default) => default.as_u64().unwrap_or(0),
        DefaultValue::Unresolved(_) => 0,
    };
    let wanted = match value {
        Value::Bool(value) => u64::from(*value),
        value => value.as_u64().unwrap_or(0),
    };
    // Far above any verbosity, and far below what a command line can hold.
    for _ in start..wanted.min(start + 1000) {
        out.push(main_flag(argument).to_owned());
    }
}

/// The values to add to the default's, because argparse adds to its list.
fn added(argument: &Argument, value: &Value) -> Vec<Value> {
    let items = match value {
        Value::Sequence(items) => items.clone(),
        one => vec![one.clone()],
    };
    let DefaultValue::Known(serde_json::Value::Array(start)) = &argument.default else {
        return items;
    };
    let has_start = items.len() >= start.len()
        && items
            .iter()
            .zip(start)
            .all(|(item, default)| is_equal(item, default));
    if has_start {
        items[start.len()..].to_vec()
    } else {
        items
    }
}

fn push_values(out: &mut Vec<String>, flag: &str, argument: &Argument, value: &Value) {
    match value {
        Value::Null => {}
        Value::Sequence(items) if argument.nargs.is_some() || argument.action == Action::Extend => {
            let takes_none = matches!(argument.nargs, Some(Nargs::Any | Nargs::Remainder));
            match items.as_slice() {
                [] if !takes_none => {}
                [one] => push_one(out, flag, value_text::of(one, argument)),
                items => {
                    out.push(flag.to_owned());
                    out.extend(items.iter().map(|item| value_text::of(item, argument)));
                }
            }
        }
        Value::Bool(true) if is_bare_true(argument) => out.push(flag.to_owned()),
        value => push_one(out, flag, value_text::of(value, argument)),
    }
}

/// `nargs="?", const=True`: the bare flag is the clearest true.
fn is_bare_true(argument: &Argument) -> bool {
    argument.nargs == Some(Nargs::Optional)
        && argument.const_value == Some(serde_json::Value::Bool(true))
}

/// `--flag text`, or `--flag=text` where the text would be taken for a flag.
fn push_one(out: &mut Vec<String>, flag: &str, text: String) {
    if looks_like_flag(&text) {
        out.push(format!("{flag}={text}"));
    } else {
        out.push(flag.to_owned());
        out.push(text);
    }
}

fn as_bool(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        Value::Number(number) => match number.as_i64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}
