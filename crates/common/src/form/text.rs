//! Converts between values and the text of a field.

use serde_yaml::Value;

use super::kind::FieldKind;
use crate::{batch, yaml};

/// The kind of value in a field, and whether an empty text means null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rules {
    pub(super) kind: FieldKind,
    pub(super) is_nullable: bool,
}

impl Rules {
    /// The text that represents a value. A `literal` text that looks like batch syntax is quoted;
    /// otherwise it is batch syntax.
    pub(super) fn text_of(self, value: &Value, literal: bool) -> String {
        match value {
            Value::Null => String::new(),
            Value::String(text) if !literal && self.is_batch(text) => text.clone(),
            Value::String(text) => match self.meaning(text) {
                Some(Value::String(same)) if same == *text => same,
                _ => yaml::in_quotes(text),
            },
            // Shorter than in a file, which must also satisfy YAML 1.1.
            Value::Number(number) if number.is_finite() => yaml::short_number(number),
            other => yaml::to_flow(other),
        }
    }

    /// The value that is sent for a text: after the server has parsed it as a batch, it has the
    /// meaning of the text here.
    pub(super) fn value_of(self, text: &str) -> Value {
        match self.meaning(text) {
            None => Value::String(text.to_owned()),
            Some(Value::String(string)) => batch::protect(&string).into_owned().into(),
            Some(value) => value,
        }
    }

    /// The value of a text without expansion.
    pub(super) fn plain_value_of(self, text: &str) -> Value {
        self.meaning(text).unwrap_or_else(|| Value::String(text.to_owned()))
    }

    /// The value of a text; `None` if it is batch syntax, valid or not.
    fn meaning(self, text: &str) -> Option<Value> {
        let is_text = self.kind == FieldKind::Str;
        if text.trim().is_empty() && (!is_text || (self.is_nullable && text.is_empty())) {
            return Some(Value::Null);
        }
        if self.is_batch(text) {
            return None;
        }
        let literal = batch::literal(text);
        Some(match is_text || literal != text {
            true => literal.into_owned().into(),
            false => yaml::scalar(text),
        })
    }

    fn is_batch(self, text: &str) -> bool {
        batch::cell(text, self.hint().as_ref()).map_or(true, |cell| cell.is_batch())
    }

    /// The hint for parsing, from the template's value: only text makes a difference.
    pub(super) fn hint(self) -> Option<Value> {
        (self.kind == FieldKind::Str).then(|| Value::String(String::new()))
    }
}
