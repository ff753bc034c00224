//! One parameter of a form.

use serde_yaml::Value;

use super::kind::FieldKind;
use super::text::Rules;
use crate::argument::{Action, Argument};
use crate::batch::{BatchError, Cell, cell};
use crate::yaml;

/// One parameter, with the text that the user sees and edits.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its path: `["optim", "lr"]`.
    pub path: Vec<String>,
    /// The current text of the field.
    pub text: String,
    /// The initial text of the field, which a reset restores.
    pub original_text: String,
    /// The kind of its value.
    pub kind: FieldKind,
    /// Help text of the script, one line; empty if there is none.
    pub help: String,
    /// The available choices; empty for any.
    pub choices: Vec<String>,
    /// The argument of the script's parser.
    pub argument: Option<Argument>,
    pub(super) keys: Vec<Value>,
    pub(super) original: Option<Value>,
}

impl Field {
    /// A field for a value at a path. `original` is the template's value there.
    pub(super) fn new(
        keys: &[Value],
        value: &Value,
        original: Option<&Value>,
        argument: Option<&Argument>,
        is_literal: impl Fn(&Value) -> bool,
    ) -> Self {
        let base = original.unwrap_or(value);
        let kind = match (base, argument) {
            (Value::Null, Some(argument)) => FieldKind::of_argument(argument),
            _ => FieldKind::of(base),
        };
        let rules = Rules { kind, is_nullable: base.is_null() };
        let show = |value: &Value| rules.text_of(value, is_literal(value));
        Self {
            path: keys.iter().map(yaml::key_text).collect(),
            text: show(value),
            original_text: original.map(show).unwrap_or_default(),
            kind,
            help: argument.map(|argument| argument.help.clone()).unwrap_or_default(),
            choices: argument.map(|argument| choices(argument, rules)).unwrap_or_default(),
            argument: argument.cloned(),
            keys: keys.to_vec(),
            original: original.cloned(),
        }
    }

    /// The path in dotted form: `optim.lr`.
    #[must_use]
    pub fn key(&self) -> String {
        self.path.join(".")
    }

    /// Whether it differs from the template.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.text != self.original_text
    }

    /// Whether an empty text means null.
    #[must_use]
    pub fn is_nullable(&self) -> bool {
        self.original.as_ref().is_none_or(Value::is_null)
    }

    /// Whether it is an argument without a value in the file: while it is empty, it is not passed
    /// to the script.
    #[must_use]
    pub fn is_left_to_script(&self) -> bool {
        self.original.is_none() && self.text.trim().is_empty()
    }

    /// Restores the initial text.
    pub fn reset(&mut self) {
        self.text.clone_from(&self.original_text);
    }

    /// The values represented by the text: their number, and the first of them.
    ///
    /// # Errors
    /// When the text is invalid batch syntax; the error names key and column.
    pub fn cell(&self) -> Result<Cell, BatchError> {
        let hint = self.rules().hint();
        cell(&self.text, hint.as_ref()).map_err(|error| error.of(&self.key()))
    }

    /// The value that is sent to the server, batch syntax as text.
    pub(super) fn value(&self) -> Value {
        match &self.original {
            // The original value, which the text may not represent exactly.
            Some(original) if !self.is_changed() && !original.is_string() => original.clone(),
            _ => self.rules().value_of(&self.text),
        }
    }

    /// The value without expansion: batch syntax is a text.
    #[must_use]
    pub fn plain_value(&self) -> Value {
        match &self.original {
            Some(original) if !self.is_changed() && !original.is_string() => original.clone(),
            _ => self.rules().plain_value_of(&self.text),
        }
    }

    fn rules(&self) -> Rules {
        Rules { kind: self.kind, is_nullable: self.is_nullable() }
    }
}

fn choices(argument: &Argument, rules: Rules) -> Vec<String> {
    let listed =
        argument.choices.iter().map(|choice| rules.text_of(&yaml::from_json(choice), true));
    match (rules.kind, argument.action) {
        (FieldKind::Bool, _) => ["true", "false"].map(String::from).into(),
        // The choices of a list are those of its items.
        (FieldKind::List, _) | (_, Action::Count) => Vec::new(),
        _ => listed.collect(),
    }
}
