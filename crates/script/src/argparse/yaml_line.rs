//! Formats an argument as a line of `config_default.yaml`.

use common::argument::{Argument, DefaultValue, ValueType};
use serde_json::Value;

/// `key: default  # help`; a comment if the default cannot be determined.
pub(super) fn of(argument: &Argument) -> String {
    let comment = comment(argument);
    match &argument.default {
        DefaultValue::Unresolved(text) => {
            let text = one_line(text);
            let help = if comment.is_empty() { String::new() } else { format!("  {comment}") };
            format!("# {}: {text}  (left to the script){help}\n", one_line(&argument.dest))
        }
        DefaultValue::Known(value) => {
            let entry = entry(&argument.dest, value, &argument.value_type);
            if comment.is_empty() {
                format!("{entry}\n")
            } else {
                format!("{entry}  # {comment}\n")
            }
        }
    }
}

fn comment(argument: &Argument) -> String {
    let is_missing =
        argument.required && matches!(argument.default, DefaultValue::Known(Value::Null));
    let help = one_line(&argument.help);
    match (is_missing, help.is_empty()) {
        (true, true) => "required".into(),
        (true, false) => format!("required: {help}"),
        (false, _) => help,
    }
}

/// A text that is valid in a YAML comment: no line breaks, no unprintable characters.
pub(super) fn one_line(text: &str) -> String {
    let printable: String = text.chars().map(|c| if is_printable(c) { c } else { ' ' }).collect();
    printable.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A key, quoted if YAML requires it.
pub(super) fn key(text: &str) -> String {
    plain_text(text)
}

/// `key: value` on one line.
fn entry(key: &str, value: &Value, value_type: &ValueType) -> String {
    format!("{}: {}", plain_text(key), inline(value, value_type))
}

fn inline(value: &Value, value_type: &ValueType) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(float) => yaml_float(float),
            None => number.to_string(),
        },
        Value::String(text) if *value_type == ValueType::Float => match text.as_str() {
            "inf" => ".inf".into(),
            "-inf" => "-.inf".into(),
            "nan" => ".nan".into(),
            _ => plain_text(text),
        },
        Value::String(text) => plain_text(text),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| inline(item, value_type)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(items) => {
            let items: Vec<_> = items
                .iter()
                .map(|(key, value)| format!("{}: {}", plain_text(key), inline(value, value_type)))
                .collect();
            format!("{{{}}}", items.join(", "))
        }
    }
}

fn yaml_float(float: f64) -> String {
    let text = crate::argparse::python::text::float(float);
    match text.split_once('e') {
        // YAML 1.1 requires the dot in a float.
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0e{exponent}"),
        _ => text,
    }
}

/// A string in double quotes.
fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_printable(c) => out.push(c),
            c => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

fn plain_text(text: &str) -> String {
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'));
    let lower = text.to_ascii_lowercase();
    let means_more =
        ["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(&lower.as_str());
    if is_word && !means_more { text.to_owned() } else { escaped(text) }
}
