//! The first `config_default.yaml` of a script.

use common::argument::{ScriptForm, Subcommand};

use super::yaml_line;

/// The text of `config_default.yaml`: `key: default  # help`, in source order. Arguments
/// whose default only the script knows stand as comments; those of a subcommand stand below its
/// name.
#[must_use]
pub fn default_yaml(form: &ScriptForm) -> String {
    let arguments = form.arguments.iter().map(yaml_line::of);
    let chooser = form.subcommands.iter().map(|it| yaml_line::of(&it.chooser));
    let commands = form.subcommands.iter().flat_map(|it| &it.commands).map(command);
    arguments.chain(chooser).chain(commands).collect()
}

/// A subcommand with its arguments below it; nothing where it has none that a file can hold.
pub(super) fn command(command: &Subcommand) -> String {
    let lines = command.arguments.iter().map(|argument| format!("  {}", yaml_line::of(argument)));
    let lines: String = lines.collect();
    let key = yaml_line::key(&command.name);
    match lines.lines().all(|line| line.trim_start().starts_with('#')) {
        true => String::new(),
        false => format!("{key}:\n{lines}"),
    }
}
