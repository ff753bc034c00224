//! Compares the values that `CPython`'s argparse parses from our command lines with the config.

use std::path::Path;

use common::argument::{Action, Argument, DefaultValue, Nargs, ScriptForm, Subcommand, ValueType};
use script::argparse::default_yaml;
use script::argv::build;
use serde_json::Value as Json;
use serde_yaml::{Mapping, Value};

use super::corpus::{read, scripts};
use super::differential::{run, same};

/// The initial config of the generator, with values for required arguments.
fn default_config(form: &ScriptForm) -> Mapping {
    let text = default_yaml(form);
    let root: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut config = root.as_mapping().cloned().unwrap_or_default();
    fill_required(&mut config, form);
    config
}

/// The subcommands of a parser by name, each as a form of its own.
fn parsers(form: &ScriptForm) -> Vec<(&str, ScriptForm)> {
    let parser = |command: &Subcommand| ScriptForm {
        arguments: command.arguments.clone(),
        subcommands: command.subcommands.clone(),
        ..ScriptForm::default()
    };
    let commands = form.subcommands.iter().flat_map(|it| &it.commands);
    commands.map(|command| (command.name.as_str(), parser(command))).collect()
}

fn fill_required(config: &mut Mapping, form: &ScriptForm) {
    for argument in form.arguments.iter().filter(|argument| argument.required) {
        config.insert(argument.dest.as_str().into(), other_value(argument).unwrap());
    }
    for (name, parser) in parsers(form) {
        if let Some(Value::Mapping(own)) = config.get_mut(name) {
            fill_required(own, &parser);
        }
    }
}

/// The required part of a config: the required values, the selected subcommand, and the required
/// values of the subcommands.
fn needed(form: &ScriptForm, config: &Mapping) -> Mapping {
    let required = form.arguments.iter().filter(|argument| argument.required);
    let chooser = form.subcommands.iter().map(|it| &it.chooser);
    let mut needed: Mapping = required
        .chain(chooser)
        .filter_map(|it| {
            Some((Value::from(it.dest.as_str()), config.get(it.dest.as_str())?.clone()))
        })
        .collect();
    for (name, parser) in parsers(form) {
        let own = config.get(name).and_then(Value::as_mapping);
        let own = own.map(|own| self::needed(&parser, own)).filter(|own| !own.is_empty());
        needed.extend(own.map(|own| (name.into(), Value::Mapping(own))));
    }
    needed
}

/// Selects the last subcommand with another value for each of its arguments, recursively.
fn choose_last(form: &ScriptForm, config: &mut Mapping) {
    let Some((name, parser)) = parsers(form).pop() else { return };
    let chooser = form.subcommands.as_ref().unwrap().chooser.dest.as_str();
    config.insert(chooser.into(), name.into());
    let values = parser.arguments.iter();
    let values = values.filter_map(|it| Some((Value::from(it.dest.as_str()), other_value(it)?)));
    let mut own: Mapping = values.collect();
    choose_last(&parser, &mut own);
    config.insert(name.into(), Value::Mapping(own));
}

/// The values that the script receives, with their arguments: its own, and those of the selected
/// subcommand, which are merged with them.
fn reaching<'a>(form: &ScriptForm, config: &'a Mapping) -> Vec<(Argument, &'a Value)> {
    let mut found = Vec::new();
    let chooser = form.subcommands.as_ref().map(|it| it.chooser.dest.as_str());
    let chosen = chooser.and_then(|chooser| config.get(chooser)).and_then(Value::as_str);
    for (key, value) in config {
        let key = key.as_str().unwrap();
        match parsers(form).into_iter().find(|(name, _)| *name == key) {
            Some((name, parser)) if chosen == Some(name) => {
                found.extend(reaching(&parser, value.as_mapping().unwrap()));
            }
            Some(_) => {}
            None => found.push((form.argument_at(&[key]).unwrap().clone(), value)),
        }
    }
    found
}

/// A value that the argument can have and that usually differs from its default.
fn other_value(argument: &Argument) -> Option<Value> {
    if let Some(choice) = argument.choices.last() {
        return serde_yaml::to_value(choice).ok();
    }
    let one = match argument.value_type {
        ValueType::Int => Value::from(-7),
        ValueType::Float => Value::from(-3e-9),
        ValueType::Bool => Value::from(argument.default != DefaultValue::Known(true.into())),
        ValueType::Path => Value::from("/tmp/some folder"),
        ValueType::Str => Value::from("-dash 'q' ü"),
        ValueType::Custom(_) => return None,
    };
    Some(match (argument.action, argument.nargs) {
        (Action::StoreTrue | Action::StoreFalse | Action::BooleanOptional, _) => {
            Value::from(argument.default != DefaultValue::Known(true.into()))
        }
        (Action::Count, _) => Value::from(4),
        (Action::StoreConst, _) => serde_yaml::to_value(argument.const_value.as_ref()?).ok()?,
        (Action::AppendConst, _) => {
            let one = serde_yaml::to_value(argument.const_value.as_ref()?).ok()?;
            Value::Sequence(vec![one.clone(), one])
        }
        (Action::Append, Some(Nargs::Exactly(count))) => {
            let row = Value::Sequence(vec![one; count as usize]);
            Value::Sequence(vec![row.clone(), row])
        }
        (Action::Append | Action::Extend, _) => {
            let start = match &argument.default {
                DefaultValue::Known(Json::Array(items)) => items.clone(),
                _ => Vec::new(),
            };
            let start = start.iter().map(|item| serde_yaml::to_value(item).unwrap());
            Value::Sequence(start.chain([one.clone(), one]).collect())
        }
        (Action::Custom, _) => return None,
        (_, Some(Nargs::Exactly(count))) => Value::Sequence(vec![one; count as usize]),
        (_, Some(Nargs::Any | Nargs::AtLeastOne)) if argument.value_type != ValueType::Str => {
            Value::Sequence(vec![one.clone(), one])
        }
        (_, Some(Nargs::Any | Nargs::AtLeastOne | Nargs::Remainder)) => {
            Value::Sequence(vec!["a b".into(), "c".into()])
        }
        _ => one,
    })
}

fn check_values(script: &Path, form: &ScriptForm, config: &Mapping) -> Vec<String> {
    let argv = build(form, config);
    let real = run(script, &argv);
    let mut wrong = Vec::new();
    for (argument, value) in reaching(form, config) {
        let key = argument.dest.as_str();
        let ours = match serde_json::to_value(value).unwrap() {
            // JSON has no infinity.
            Json::Null if value.is_number() => Json::from("inf"),
            other => other,
        };
        // Without a `dest`, the selected subcommand is not stored.
        if argument.dest == "subcommand" {
            continue;
        }
        let is_opaque = matches!(argument.value_type, ValueType::Custom(_))
            || argument.action == Action::Custom;
        let is_absent = ours.is_null() || is_opaque;
        if !is_absent && !same(&ours, &real["values"][key]) {
            wrong.push(format!(
                "{}: {key} is {}, not {ours}, from {argv:?}",
                script.display(),
                real["values"][key]
            ));
        }
    }
    wrong
}

#[test]
fn defaults_passed_are_as_if_nothing_were_passed() {
    let mut wrong = Vec::new();
    for script in scripts() {
        let form = read(&script);
        let config = default_config(&form);
        let with_all = run(&script, &build(&form, &config));
        let with_none = run(&script, &build(&form, &needed(&form, &config)));
        for (key, value) in with_none["values"].as_object().unwrap() {
            if key != "started" && !same(value, &with_all["values"][key]) {
                wrong.push(format!(
                    "{}: {key} is {}, and {value} when nothing is passed",
                    script.display(),
                    with_all["values"][key]
                ));
            }
        }
        wrong.extend(check_values(&script, &form, &config));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn changed_values_reach_the_script() {
    // One exists only under a condition, and the other names a file that its script opens.
    let untouched = ["hidden_extra", "config"];
    let mut wrong = Vec::new();
    for script in scripts() {
        let form = read(&script);
        let mut config = default_config(&form);
        let mut seen_groups = Vec::new();
        for argument in &form.arguments {
            if argument.exclusive_group.is_some_and(|group| seen_groups.contains(&group))
                || untouched.contains(&argument.dest.as_str())
            {
                continue;
            }
            if let Some(value) = other_value(argument) {
                seen_groups.extend(argument.exclusive_group);
                config.insert(argument.dest.as_str().into(), value);
            }
        }
        choose_last(&form, &mut config);
        wrong.extend(check_values(&script, &form, &config));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
