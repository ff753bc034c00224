//! Help texts, on one line and with argparse's `%(…)s` filled in.

use common::argument::{Argument, DefaultValue, ValueType};
use serde_json::Value;

/// The help text of an argument.
pub(super) fn expanded(text: &str, argument: &Argument) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        match field(rest, argument) {
            Some((value, after)) => {
                out.push_str(&value);
                rest = after;
            }
            None => out.push('%'),
        }
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `(default)s` and the like: its value, and what follows it.
fn field<'a>(rest: &'a str, argument: &Argument) -> Option<(String, &'a str)> {
    let (name, after) = rest.strip_prefix('(')?.split_once(')')?;
    let after = after.strip_prefix(['s', 'd', 'r', 'f', 'g'])?;
    let value = match name {
        "default" => shown(&argument.default),
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
    Some((value, after))
}

/// A default as people read it.
pub(super) fn shown(default: &DefaultValue) -> String {
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
