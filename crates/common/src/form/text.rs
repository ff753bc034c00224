//! Between values and the text of a field.

use serde_yaml::Value;

use super::kind::FieldKind;
use crate::{batch, yaml};

/// What a field takes, and whether an empty one means null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rules {
    pub(super) kind: FieldKind,
    pub(super) is_nullable: bool,
}

impl Rules {
    /// The text that stands for a value. A `literal` text that looks like batch syntax gets
    /// quotes; otherwise it is batch syntax.
    pub(super) fn text_of(self, value: &Value, literal: bool) -> String {
        match value {
            Value::Null => String::new(),
            Value::String(text) if !literal && self.is_batch(text) => text.clone(),
            Value::String(text) => match self.meaning(text) {
                Some(Value::String(same)) if same == *text => same,
                _ => yaml::in_quotes(text),
            },
            // Shorter than in a file, where YAML 1.1 has its wishes.
            Value::Number(number) if number.is_finite() => yaml::short_number(number),
            other => yaml::to_flow(other),
        }
    }

    /// The value to be sent for a text: after the server has read it as a batch, it is what the
    /// text means here.
    pub(super) fn value_of(self, text: &str) -> Value {
        match self.meaning(text) {
            None => Value::String(text.to_owned()),
            Some(Value::String(string)) => batch::protect(&string).into_owned().into(),
            Some(value) => value,
        }
    }

    /// The value that a text means where nothing is expanded.
    pub(super) fn plain_value_of(self, text: &str) -> Value {
        self.meaning(text).unwrap_or_else(|| Value::String(text.to_owned()))
    }

    /// The value that a text means; nothing where it is batch syntax, sound or not.
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

    /// What stands for the template's value when a text is read: only texts make a difference.
    pub(super) fn hint(self) -> Option<Value> {
        (self.kind == FieldKind::Str).then(|| Value::String(String::new()))
    }
}
