//! Builds the arguments of the script from a config.

use common::argument::{Argument, Nargs, ScriptForm};
use serde_yaml::{Mapping, Value};

use super::{flag, option, positional};

/// The arguments from which the script's parser produces the config's values: positionals first in
/// source order, then options in the config's order, and last the argument that takes all remaining
/// ones. Keys without a value are left out, and so are values that only the script's own default
/// can produce.
///
/// The name of a subcommand and its arguments follow all others.
#[must_use]
pub fn build(form: &ScriptForm, config: &Mapping) -> Vec<String> {
    let Some(subcommands) = &form.subcommands else { return of_parser(form, config) };
    let mut own = config.clone();
    let chosen = own.remove(subcommands.chooser.dest.as_str());
    let mut nested = Mapping::new();
    for command in &subcommands.commands {
        let subcommand_values = own.remove(command.name.as_str());
        if let (Some(Value::Mapping(subcommand_values)), true) =
            (subcommand_values, chosen == Some(Value::from(command.name.as_str())))
        {
            nested = subcommand_values;
        }
    }
    let mut argv = of_parser(form, &own);
    let Some(Value::String(name)) = chosen else { return argv };
    let command = subcommands.commands.iter().find(|command| command.name == name);
    let parser = command.cloned().map(|command| ScriptForm {
        arguments: command.arguments,
        subcommands: command.subcommands,
        ..ScriptForm::default()
    });
    argv.push(name);
    argv.extend(build(&parser.unwrap_or_default(), &nested));
    argv
}

/// The arguments of one parser.
fn of_parser(form: &ScriptForm, config: &Mapping) -> Vec<String> {
    let mut options = Vec::new();
    let mut remainder = Vec::new();
    for (key, value) in config {
        let Some(key) = key_text(key) else { continue };
        match form.arguments.iter().find(|argument| argument.dest == key) {
            Some(argument) if argument.is_positional() => {}
            Some(argument) if argument.nargs == Some(Nargs::Remainder) => {
                option::push(&mut remainder, argument, value);
            }
            Some(argument) => option::push(&mut options, argument, value),
            None => option::push_unknown(&mut options, &key, value),
        }
    }
    let positional_arguments = form.arguments.iter().filter(|argument| argument.is_positional());
    // An argument that takes all remaining ones would also take the options.
    let (last, first): (Vec<&Argument>, Vec<&Argument>) =
        positional_arguments.partition(|argument| argument.nargs == Some(Nargs::Remainder));
    let mut positionals = Vec::new();
    for argument in first {
        positional::push(&mut positionals, argument, value_of(config, argument));
    }
    for argument in last {
        positional::push(&mut remainder, argument, value_of(config, argument));
    }
    // Values that look like a flag are valid only after `--`, where everything is positional.
    if positionals.iter().any(|text| flag::looks_like_flag(text)) {
        return [options, remainder, vec!["--".into()], positionals].concat();
    }
    [positionals, options, remainder].concat()
}

fn value_of<'a>(config: &'a Mapping, argument: &Argument) -> Option<&'a Value> {
    config.get(argument.dest.as_str())
}

fn key_text(key: &Value) -> Option<String> {
    match key {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}
