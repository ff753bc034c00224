//! Compares the evaluated arguments with those of `CPython`'s argparse for the same scripts.

use std::path::Path;
use std::process::Command;

use common::argument::{Action, Argument, DefaultValue, Nargs, ValueType};
use serde_json::{Value, json};

use super::corpus::{folder, read, scripts};

/// Runs a script with arguments and returns what argparse parsed.
pub(crate) fn run(script: &Path, argv: &[String]) -> Value {
    let output = Command::new("python3")
        .arg("-X")
        .arg("utf8")
        .arg(folder().join("harness.py"))
        .arg(script)
        .args(argv)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{} {argv:?}: {error}\n{errors}", script.display()))
}

/// Whether two JSON values are equal in Python: 1 equals 1.0.
pub(crate) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(l, r)| same(l, r))
        }
        (left, right) => left == right,
    }
}

fn described(argument: &Argument) -> Value {
    json!({
        "dest": argument.dest,
        "flags": argument.flags,
        "action": action(argument.action),
        "type": match &argument.value_type {
            ValueType::Str => "str",
            ValueType::Int => "int",
            ValueType::Float => "float",
            ValueType::Bool => "bool",
            ValueType::Path => "path",
            ValueType::Custom(_) => "custom",
        },
        "choices": argument.choices,
        "group": argument.group,
    })
}

fn action(action: Action) -> Value {
    Value::from(match action {
        Action::Store => "_StoreAction",
        Action::StoreTrue => "_StoreTrueAction",
        Action::StoreFalse => "_StoreFalseAction",
        Action::StoreConst => "_StoreConstAction",
        Action::BooleanOptional => "BooleanOptionalAction",
        Action::Append => "_AppendAction",
        Action::AppendConst => "_AppendConstAction",
        Action::Extend => "_ExtendAction",
        Action::Count => "_CountAction",
        Action::Custom => return Value::Null,
    })
}

fn nargs(nargs: Option<Nargs>) -> Value {
    match nargs {
        None => Value::Null,
        Some(Nargs::Optional) => "?".into(),
        Some(Nargs::Any) => "*".into(),
        Some(Nargs::AtLeastOne) => "+".into(),
        Some(Nargs::Remainder) => "...".into(),
        Some(Nargs::Exactly(count)) => count.into(),
    }
}

fn compare(argument: &Argument, real: &Value, is_first: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut check = |field: &str, ours: &Value| {
        if !same(ours, &real[field]) {
            wrong.push(format!("{}: {field} is {ours}, not {}", argument.dest, real[field]));
        }
    };
    for (field, ours) in described(argument).as_object().unwrap() {
        if !(field == "action" && ours.is_null()) {
            check(field, ours);
        }
    }
    // argparse represents flags without a value by `nargs=0`.
    if real["nargs"] != json!(0) {
        check("nargs", &nargs(argument.nargs));
    }
    if let (true, DefaultValue::Known(default)) = (is_first, &argument.default) {
        check("default", default);
    }
    // argparse marks a positional of `*` or `...` as required although it may be absent.
    let is_loose = matches!(argument.nargs, Some(Nargs::Any | Nargs::Remainder));
    if is_first && !is_loose {
        check("required", &argument.required.into());
    }
    wrong
}

fn compare_script(script: &Path) -> Vec<String> {
    let form = read(script);
    let real = run(script, &[]);
    let real = real["actions"].as_array().unwrap();
    let ours: Vec<(&Argument, bool)> = form
        .arguments
        .iter()
        .flat_map(|it| {
            std::iter::once((it, true)).chain(it.alternatives.iter().map(|it| (it, false)))
        })
        .collect();
    let mut wrong = Vec::new();
    let conditional = ["hidden_extra"];
    let expected = ours.iter().filter(|(it, _)| !conditional.contains(&it.dest.as_str())).count();
    if expected != real.len() {
        wrong.push(format!("{expected} arguments instead of {}", real.len()));
    }
    let firsts: Vec<&str> = form.arguments.iter().map(|it| it.dest.as_str()).collect();
    let mut order: Vec<&str> = real.iter().map(|it| it["dest"].as_str().unwrap()).collect();
    order.dedup();
    let is_ordered = order
        .iter()
        .filter(|it| firsts.contains(*it))
        .eq(firsts.iter().filter(|it| order.contains(*it)));
    if !is_ordered {
        wrong.push(format!("order {firsts:?} instead of {order:?}"));
    }
    for (argument, is_first) in ours {
        let same_one =
            |it: &&Value| it["dest"] == argument.dest && it["flags"] == json!(argument.flags);
        match real.iter().find(same_one) {
            Some(real) => wrong.extend(compare(argument, real, is_first)),
            None if conditional.contains(&argument.dest.as_str()) => {}
            None => wrong.push(format!("{}: CPython has no such argument", argument.dest)),
        }
    }
    wrong.iter().map(|text| format!("{}: {text}", script.display())).collect()
}

#[test]
fn arguments_are_those_of_cpython() {
    let wrong: Vec<String> = scripts().iter().flat_map(|script| compare_script(script)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
