//! Formats help texts on one line, with argparse's `%(…)s` expanded.

use common::argument::{Argument, DefaultValue, ValueType};
use serde_json::Value;

/// The help text of an argument.
pub(super) fn expanded(text: &str, argument: &Argument) -> String {
    let mut out = String::new();
    let mut remaining = text;
    while let Some(at) = remaining.find('%') {
        out.push_str(&remaining[..at]);
        remaining = &remaining[at + 1..];
        if let Some(tail) = remaining.strip_prefix('%') {
            out.push('%');
            remaining = tail;
            continue;
        }
        match field(remaining, argument) {
            Some((value, tail)) => {
                out.push_str(&value);
                remaining = tail;
            }
            None => out.push('%'),
        }
    }
    out.push_str(remaining);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Parses `(default)s` and the like; returns its value and the remaining text.
fn field<'a>(remaining: &'a str, argument: &Argument) -> Option<(String, &'a str)> {
    let (name, tail) = remaining.strip_prefix('(')?.split_once(')')?;
    let tail = tail.strip_prefix(['s', 'd', 'r', 'f', 'g'])?;
    let value = match name {
        "default" => display_default(&argument.default),
        "dest" => argument.dest.clone(),
        "type" => match &argument.value_type {
            ValueType::Str => "str".into(),
            ValueType::Int => "int".into(),
            ValueType::Float => "float".into(),
            ValueType::Bool => "bool".into(),
            ValueType::Path => "Path".into(),
            ValueType::Custom(name) => name.clone(),
        },
        "choices" => argument.choices.iter().map(plain).collect::<Vec<_>>().join(", "),
        _ => return None,
    };
    Some((value, tail))
}

/// A default as shown in help texts.
pub(super) fn display_default(default: &DefaultValue) -> String {
    match default {
        DefaultValue::Known(value) => plain(value),
        DefaultValue::Unresolved(text) => text.clone(),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "None".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(float) => super::float_text(float),
            None => number.to_string(),
        },
        Value::Array(items) => {
            format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(", "))
        }
        Value::Object(_) => value.to_string(),
    }
}
