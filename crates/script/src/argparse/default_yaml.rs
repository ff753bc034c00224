//! Generates the initial `config_default.yaml` of a script.

use common::argument::{Argument, ScriptForm, Subcommand, Subcommands};

use super::yaml_line;

/// The text of `config_default.yaml`: `key: default  # help`, in source order. Arguments whose
/// default cannot be determined are written as comments; those of a subcommand are nested below its
/// name.
#[must_use]
pub fn default_yaml(form: &ScriptForm) -> String {
    of_parser(&form.arguments, form.subcommands.as_ref())
}

fn of_parser(arguments: &[Argument], subcommands: Option<&Subcommands>) -> String {
    let arguments = arguments.iter().map(yaml_line::of);
    let chooser = subcommands.iter().map(|it| yaml_line::of(&it.chooser));
    let commands = subcommands.iter().flat_map(|it| &it.commands).map(command);
    arguments.chain(chooser).chain(commands).collect()
}

/// A subcommand with its arguments nested below it; empty if it has none that the file can
/// represent.
pub(super) fn command(command: &Subcommand) -> String {
    let lines = of_parser(&command.arguments, command.subcommands.as_ref());
    if lines.lines().all(|line| line.trim_start().starts_with('#')) {
        return String::new();
    }
    let lines: String = lines.lines().map(|line| format!("  {line}\n")).collect();
    format!("{}:\n{lines}", yaml_line::key(&command.name))
}
