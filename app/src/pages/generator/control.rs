//! The control of a field, and the name of its type.

use common::argument::{DefaultValue, ValueType};
use common::form::{Field, FieldKind};

/// How a single value is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Control {
    /// An on/off switch.
    Switch,
    /// A choice among these values.
    Choice(Vec<String>),
    /// A text input.
    Text,
}

/// The control for a single value of a field.
pub(super) fn control_of(field: &Field) -> Control {
    match (field.kind, field.is_nullable()) {
        (FieldKind::Bool, false) => Control::Switch,
        (FieldKind::Bool, true) => Control::Choice(["true", "false"].map(str::to_owned).into()),
        _ if field.choices.is_empty() => Control::Text,
        _ => Control::Choice(field.choices.clone()),
    }
}

/// The name of the type in Python.
pub(super) fn type_word(field: &Field) -> String {
    let own = match field.kind {
        FieldKind::Bool => "bool",
        FieldKind::Int => "int",
        FieldKind::Float => "float",
        FieldKind::Str => "str",
        FieldKind::List => "list",
        FieldKind::Mapping => "dict",
        FieldKind::Any => "any",
    };
    match field.argument.as_ref().map(|argument| &argument.value_type) {
        Some(ValueType::Path) if field.kind == FieldKind::Str => "path".to_owned(),
        Some(ValueType::Custom(name)) if field.kind != FieldKind::List => name.clone(),
        _ => own.to_owned(),
    }
}

/// The default that the script computes for an empty field.
pub(super) fn script_default(field: &Field) -> String {
    match field.argument.as_ref().map(|argument| &argument.default) {
        Some(DefaultValue::Unresolved(text)) => text.clone(),
        _ => String::new(),
    }
}

/// The heading of a field: the script's argument group, or the enclosing mapping.
pub(super) fn group_of(field: &Field) -> String {
    let group = field.argument.as_ref().and_then(|argument| argument.group.clone());
    group.unwrap_or_else(|| field.path[..field.path.len().saturating_sub(1)].join("."))
}

/// Whether the script requires a value.
pub(super) fn is_required(field: &Field) -> bool {
    field.argument.as_ref().is_some_and(|argument| argument.required)
}

/// The command line flags of the parameter, else its key.
pub(super) fn flags_of(field: &Field) -> String {
    let flags = field.argument.as_ref().map(|argument| argument.flags.join(", "));
    flags.filter(|flags| !flags.is_empty()).unwrap_or_else(|| field.key())
}
