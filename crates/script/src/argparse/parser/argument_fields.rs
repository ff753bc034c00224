//! Evaluates the keywords of `add_argument`, one function per keyword.

use common::argument::{Action, Nargs, ValueType};
use serde_json::Value;

use crate::argparse::python::call_arguments::{CallArguments, EvaluatedArgument};
use crate::argparse::python::value::PyValue;

/// `action=`; `None` for those that print something and exit: help and version.
pub(super) fn action(argument: Option<&EvaluatedArgument>) -> Option<Action> {
    let Some(argument) = argument else {
        return Some(Action::Store);
    };
    let name = match &argument.value {
        PyValue::Str(name) => &**name,
        PyValue::External(name) if name.ends_with(".BooleanOptionalAction") => {
            return Some(Action::BooleanOptional);
        }
        PyValue::None => return Some(Action::Store),
        _ => return Some(Action::Custom),
    };
    Some(match name {
        "store" => Action::Store,
        "store_true" => Action::StoreTrue,
        "store_false" => Action::StoreFalse,
        "store_const" => Action::StoreConst,
        "append" => Action::Append,
        "append_const" => Action::AppendConst,
        "extend" => Action::Extend,
        "count" => Action::Count,
        "help" | "version" => return None,
        _ => Action::Custom,
    })
}

/// `type=`.
pub(super) fn value_type(argument: Option<&EvaluatedArgument>) -> ValueType {
    let Some(argument) = argument else {
        return ValueType::Str;
    };
    match &argument.value {
        PyValue::None => ValueType::Str,
        PyValue::External(name) => match &**name {
            "str" => ValueType::Str,
            "int" => ValueType::Int,
            "float" => ValueType::Float,
            "bool" => ValueType::Bool,
            "pathlib.Path" | "pathlib.PosixPath" | "pathlib.PurePath" => ValueType::Path,
            _ => ValueType::Custom(argument.text.clone()),
        },
        _ => ValueType::Custom(argument.text.clone()),
    }
}

/// `nargs=`.
pub(super) fn nargs(argument: Option<&EvaluatedArgument>) -> Option<Nargs> {
    match &argument?.value {
        PyValue::Int(count) => u32::try_from(*count).ok().map(Nargs::Exactly),
        PyValue::Str(text) => match &**text {
            "?" => Some(Nargs::Optional),
            "*" => Some(Nargs::Any),
            "+" | "A..." => Some(Nargs::AtLeastOne),
            "..." => Some(Nargs::Remainder),
            _ => None,
        },
        PyValue::External(name) => match name.rsplit('.').next()? {
            "OPTIONAL" => Some(Nargs::Optional),
            "ZERO_OR_MORE" => Some(Nargs::Any),
            "ONE_OR_MORE" => Some(Nargs::AtLeastOne),
            "REMAINDER" => Some(Nargs::Remainder),
            _ => None,
        },
        _ => None,
    }
}

/// `choices=`; empty if they cannot be determined.
pub(super) fn choices(argument: Option<&EvaluatedArgument>) -> Vec<Value> {
    let items = argument.and_then(|argument| argument.value.items());
    let values: Option<Vec<Value>> =
        items.unwrap_or_default().iter().map(PyValue::to_json).collect();
    values.unwrap_or_default()
}

/// `const=`.
pub(super) fn const_value(argument: Option<&EvaluatedArgument>) -> Option<Value> {
    argument.and_then(|argument| argument.value.to_json())
}

/// The flags and the `dest`, computed like argparse; `None` if they cannot be determined.
pub(super) fn names(arguments: &CallArguments, prefix: &str) -> Option<(Vec<String>, String)> {
    let texts: Option<Vec<&str>> =
        arguments.positional.iter().map(|argument| argument.value.as_str()).collect();
    let texts = texts?;
    let dest = arguments.keyword("dest");
    let dest = match dest {
        Some(argument) => Some(argument.value.as_str()?.to_owned()),
        None => None,
    };
    let is_flag = |text: &str| text.starts_with(|c| prefix.contains(c));
    match texts.first() {
        None => dest.map(|dest| (Vec::new(), dest)),
        Some(first) if !is_flag(first) => Some((Vec::new(), (*first).to_owned())),
        Some(first) => {
            let is_long = |text: &&&str| text.chars().nth(1).is_some_and(|c| prefix.contains(c));
            let main = texts.iter().find(is_long).unwrap_or(first);
            let derived = main.trim_start_matches(|c| prefix.contains(c)).replace('-', "_");
            let flags = texts.iter().map(|text| (*text).to_owned()).collect();
            Some((flags, dest.unwrap_or(derived)))
        }
    }
}
