//! Builds flags that take no value: switches, pairs, constants, counts.

use common::argument::{Action, Argument, DefaultValue};
use serde_yaml::Value;

use super::default::is_equal;
use super::flag::main_flag;
use super::push_one::push_one;
use super::value_text;

/// Adds the flag if the value is the one that the flag stores. A value that is not a boolean is
/// passed on, so that the parser reports the error.
pub(super) fn push_switch(out: &mut Vec<String>, argument: &Argument, value: &Value, stored: bool) {
    let flag = main_flag(argument);
    match as_bool(value) {
        Some(value) if value == stored => out.push(flag.to_owned()),
        Some(_) => {}
        None => push_one(out, flag, value_text::plain(value)),
    }
}

pub(super) fn push_pair(out: &mut Vec<String>, argument: &Argument, value: &Value) {
    let flag = main_flag(argument);
    match (as_bool(value), flag.strip_prefix("--")) {
        (Some(false), Some(name)) => out.push(format!("--no-{name}")),
        (Some(false), None) => {}
        (Some(true), _) => out.push(flag.to_owned()),
        (None, _) => push_one(out, flag, value_text::plain(value)),
    }
}

pub(super) fn push_const(out: &mut Vec<String>, argument: &Argument, value: &Value) {
    let flag = main_flag(argument).to_owned();
    let is_const =
        |value: &Value| argument.const_value.as_ref().is_some_and(|it| is_equal(value, it));
    match value {
        Value::Sequence(items) if argument.action == Action::AppendConst => {
            out.extend(items.iter().filter(|item| is_const(item)).map(|_| flag.clone()));
        }
        value if is_const(value) || *value == Value::Bool(true) => out.push(flag),
        _ => {}
    }
}

/// Adds the flag once per step above the default.
pub(super) fn push_count(out: &mut Vec<String>, argument: &Argument, value: &Value) {
    let start = match &argument.default {
        DefaultValue::Known(default) => default.as_u64().unwrap_or(0),
        DefaultValue::Unresolved(_) => 0,
    };
    let count = match value {
        Value::Bool(value) => u64::from(*value),
        value => value.as_u64().unwrap_or(0),
    };
    // Far above any verbosity, and far below the limit of a command line.
    for _ in start..count.min(start + 1000) {
        out.push(main_flag(argument).to_owned());
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
