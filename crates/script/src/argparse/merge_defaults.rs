//! Merges new arguments of a script into a `config_default.yaml` that the user may have edited.

use common::argument::{Argument, ScriptForm, Subcommand};

use super::{default_yaml, yaml_line};

/// Appends the script's new arguments and changes nothing else. An argument is not new if its key
/// exists, even inside a comment. A text that is not a plain mapping is returned unchanged.
#[must_use]
pub fn merge_defaults(existing_text: &str, form: &ScriptForm) -> String {
    let Ok(root) = serde_yaml::from_str::<serde_yaml::Value>(existing_text) else {
        return existing_text.to_owned();
    };
    let is_known = |argument: &&Argument| {
        let key = yaml_line::one_line(&argument.dest);
        root.get(argument.dest.as_str()).is_some()
            || existing_text.lines().any(|line| is_comment_of(line, &key))
    };
    let chooser = form.subcommands.iter().map(|it| &it.chooser);
    let arguments = form.arguments.iter().chain(chooser).filter(|argument| !is_known(argument));
    let is_new = |command: &&Subcommand| {
        let key = yaml_line::one_line(&command.name);
        root.get(command.name.as_str()).is_none()
            && !existing_text.lines().any(|line| is_comment_of(line, &key))
    };
    let commands = form.subcommands.iter().flat_map(|it| &it.commands).filter(is_new);
    let lines: String =
        arguments.map(yaml_line::of).chain(commands.map(default_yaml::command)).collect();
    if lines.is_empty() {
        return existing_text.to_owned();
    }
    let base = if is_empty_mapping(&root) {
        without_braces(existing_text)
    } else {
        existing_text.to_owned()
    };
    let break_line = if base.is_empty() || base.ends_with('\n') { "" } else { "\n" };
    let merged = format!("{base}{break_line}{lines}");
    if preserves_all(&root, &merged) { merged } else { existing_text.to_owned() }
}

const QUOTES: [char; 2] = ['"', '\''];

/// Whether a line is `# key: …`.
fn is_comment_of(line: &str, key: &str) -> bool {
    let Some(text) = line.trim_start().strip_prefix('#') else {
        return false;
    };
    let text = text.trim_start_matches(['#', ' ', '\t']);
    let (text, key) = (text.trim_start_matches(QUOTES), key.trim_start_matches(QUOTES));
    let after = text.strip_prefix(key).map(|value| value.trim_start_matches(QUOTES).trim_start());
    after.is_some_and(|value| value.starts_with(':'))
}

fn is_empty_mapping(root: &serde_yaml::Value) -> bool {
    root.is_null() || root.as_mapping().is_some_and(serde_yaml::Mapping::is_empty)
}

/// Removes `{}` as the whole mapping, so that keys can be appended.
fn without_braces(text: &str) -> String {
    text.lines().filter(|line| line.trim() != "{}").map(|line| format!("{line}\n")).collect()
}

/// Whether the merged text has every previous key with its value.
fn preserves_all(previous: &serde_yaml::Value, merged: &str) -> bool {
    let Ok(serde_yaml::Value::Mapping(after)) = serde_yaml::from_str(merged) else {
        // Only comments were added to a file with only comments.
        return is_empty_mapping(previous)
            && serde_yaml::from_str::<serde_yaml::Value>(merged).is_ok();
    };
    match previous {
        serde_yaml::Value::Null => true,
        serde_yaml::Value::Mapping(previous) => {
            previous.iter().all(|(key, value)| after.get(key) == Some(value))
        }
        _ => false,
    }
}
