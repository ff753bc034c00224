//! The kinds of form fields.

use serde_yaml::Value;

use crate::argument::{Action, Argument, Nargs, ValueType};
use crate::yaml;

/// The kind of value in a field, which determines its control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// true or false.
    Bool,
    /// An integer.
    Int,
    /// A number.
    Float,
    /// Text, unchanged: `007` stays `007`.
    Str,
    /// A list, written `[1, 2]`.
    List,
    /// A mapping, written `{a: 1}`.
    Mapping,
    /// Any YAML value.
    Any,
}

impl FieldKind {
    /// The kind of a value; null accepts anything.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Any,
            Value::Bool(_) => Self::Bool,
            Value::Number(number) if number.is_f64() => Self::Float,
            Value::Number(_) => Self::Int,
            Value::String(_) => Self::Str,
            Value::Sequence(_) => Self::List,
            Value::Mapping(_) => Self::Mapping,
            Value::Tagged(tagged) => match yaml::big_int(value) {
                Some(_) => Self::Int,
                None => Self::of(&tagged.value),
            },
        }
    }

    /// The kind that a parser expects, for an argument without a default.
    #[must_use]
    pub fn of_argument(argument: &Argument) -> Self {
        match argument.action {
            Action::StoreTrue | Action::StoreFalse | Action::BooleanOptional => return Self::Bool,
            Action::Count => return Self::Int,
            Action::Append | Action::AppendConst | Action::Extend => return Self::List,
            Action::Store | Action::StoreConst | Action::Custom => {}
        }
        match (argument.nargs, &argument.value_type) {
            (Some(Nargs::Any | Nargs::AtLeastOne | Nargs::Exactly(_) | Nargs::Remainder), _) => {
                Self::List
            }
            (_, ValueType::Str | ValueType::Path) => Self::Str,
            (_, ValueType::Int) => Self::Int,
            (_, ValueType::Float) => Self::Float,
            (_, ValueType::Bool) => Self::Bool,
            (_, ValueType::Custom(_)) => Self::Any,
        }
    }
}
