//! Which control a field gets, and the words for its type.

use common::argument::{DefaultValue, ValueType};
use common::form::{Field, FieldKind};

/// How a single value is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Control {
    /// On or off.
    Switch,
    /// One of these texts.
    Choice(Vec<String>),
    /// A line of text, perhaps of digits.
    Text,
}

/// The control that suits one value of a field.
pub(super) fn control_of(field: &Field) -> Control {
    match (field.kind, field.is_nullable()) {
        (FieldKind::Bool, false) => Control::Switch,
        (FieldKind::Bool, true) => Control::Choice(["true", "false"].map(str::to_owned).into()),
        _ if field.choices.is_empty() => Control::Text,
        _ => Control::Choice(field.choices.clone()),
    }
}

/// The type in a word, as Python calls it.
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

/// What the script says it uses where the field is left empty.
pub(super) fn left_to_script(field: &Field) -> String {
    match field.argument.as_ref().map(|argument| &argument.default) {
        Some(DefaultValue::Unresolved(text)) => text.clone(),
        _ => String::new(),
    }
}

/// The title that a field stands under: the script's group, or the mapping it is in.
pub(super) fn group_of(field: &Field) -> String {
    let group = field.argument.as_ref().and_then(|argument| argument.group.clone());
    group.unwrap_or_else(|| field.path[..field.path.len().saturating_sub(1)].join("."))
}

/// Whether the script insists on a value.
pub(super) fn is_required(field: &Field) -> bool {
    field.argument.as_ref().is_some_and(|argument| argument.required)
}

/// How the parameter is called on a command line: its flags, else its key.
pub(super) fn flags_of(field: &Field) -> String {
    let flags = field.argument.as_ref().map(|argument| argument.flags.join(", "));
    flags.filter(|flags| !flags.is_empty()).unwrap_or_else(|| field.key())
}
