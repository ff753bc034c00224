//! Builds options: flags and their values.

use common::argument::{Action, Argument, DefaultValue, Nargs};
use serde_yaml::Value;

use super::default::{is_equal, should_omit};
use super::flag::main_flag;
use super::push_one::push_one;
use super::switch::{push_const, push_count, push_pair, push_switch};
use super::value_text;

/// Adds an option with its value; nothing for null.
pub(super) fn push(out: &mut Vec<String>, argument: &Argument, value: &Value) {
    if value.is_null() || should_omit(argument, value) {
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

/// Adds a key for which no argument was found.
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

/// Of the arguments with the same `dest`, the one that can produce the value.
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
        Action::StoreConst => it.const_value.as_ref().is_some_and(|it| is_equal(value, it)),
        _ => false,
    };
    let takes = |it: &&Argument| {
        matches!(it.action, Action::Store | Action::Custom | Action::BooleanOptional)
    };
    all().find(gives).or_else(|| all().find(takes)).or(Some(argument))
}

/// The values to append to the default, because argparse appends to its list.
fn added(argument: &Argument, value: &Value) -> Vec<Value> {
    let items = match value {
        Value::Sequence(items) => items.clone(),
        one => vec![one.clone()],
    };
    let DefaultValue::Known(serde_json::Value::Array(start)) = &argument.default else {
        return items;
    };
    let has_start = items.len() >= start.len()
        && items.iter().zip(start).all(|(item, default)| is_equal(item, default));
    if has_start { items[start.len()..].to_vec() } else { items }
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

/// `nargs="?", const=True`: the flag without a value is the clearest way to pass true.
fn is_bare_true(argument: &Argument) -> bool {
    argument.nargs == Some(Nargs::Optional)
        && argument.const_value == Some(serde_json::Value::Bool(true))
}
