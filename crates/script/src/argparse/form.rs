//! Builds the form from the evaluated script: selects the parsers that read the command line, and
//! adds warnings.

use std::path::Path;

use common::argument::{
    Action, Argument, DefaultValue, ScriptForm, Subcommand, Subcommands, ValueType,
};
use common::launcher::ConfigSource;

use super::parsed_file::ParsedFile;
use super::parser::{ParserModel, ParserUsage};
use super::python::interpreter::Interpreter;
use super::source::{self, Sources};

/// Maximum nesting depth of subcommands.
const MAX_DEPTH: usize = 4;

/// The form of a parsed script.
pub(super) fn of_script(path: &Path, parsed: ParsedFile) -> ScriptForm {
    let sources = source::detect(&parsed.tree);
    let mut warnings: Vec<String> = parsed.warning.into_iter().collect();
    if sources.pyruns_load {
        return ScriptForm { source: ConfigSource::PyrunsLoad, warnings, ..ScriptForm::default() };
    }
    let mut interpreter = Interpreter::new(path);
    interpreter.run_module(path, &parsed.source, &parsed.tree, true);
    if interpreter.parsers.iter().all(|parser| parser.parsed == ParserUsage::Not) {
        interpreter.run_uncalled(&parsed.tree);
    }
    let (arguments, subcommands) = selected_arguments(&mut interpreter);
    warnings.append(&mut interpreter.warnings);
    if interpreter.is_exhausted() {
        warnings
            .push("The script is too long to be read to its end; arguments may be missing.".into());
    }
    if !arguments.is_empty() || subcommands.is_some() {
        return ScriptForm { source: ConfigSource::Argparse, arguments, subcommands, warnings };
    }
    if interpreter.loads_config {
        return ScriptForm { source: ConfigSource::PyrunsLoad, warnings, ..ScriptForm::default() };
    }
    let source = source_without_arguments(&sources, !interpreter.parsers.is_empty(), &mut warnings);
    ScriptForm { source, warnings, ..ScriptForm::default() }
}

fn source_without_arguments(
    sources: &Sources,
    has_parser: bool,
    warnings: &mut Vec<String>,
) -> ConfigSource {
    if sources.hydra {
        warnings.push(source::HYDRA.into());
        return ConfigSource::Hydra;
    }
    warnings.extend(sources.others.iter().map(ToString::to_string));
    if has_parser {
        return ConfigSource::Argparse;
    }
    if sources.others.is_empty() {
        warnings.push(if sources.sys_argv {
            source::SYS_ARGV.into()
        } else {
            "No parameters were found: the script has no argparse parser and does not call `pyruns.load()`. It runs as it is.".into()
        });
    }
    ConfigSource::Unknown
}

/// The arguments of the parsers that read the command line, and their subcommands.
fn selected_arguments(interpreter: &mut Interpreter) -> (Vec<Argument>, Option<Subcommands>) {
    let chosen = selected_parsers(interpreter);
    let mut arguments: Vec<Argument> = Vec::new();
    let mut subcommands = None;
    for number in chosen {
        let parser = &interpreter.parsers[number];
        for argument in &parser.arguments {
            if !arguments.iter().any(|existing| existing.dest == argument.dest) {
                arguments.push(argument.clone());
            }
        }
        subcommands = subcommands_of(interpreter, number, 0).or(subcommands);
    }
    (arguments, subcommands)
}

/// The subcommands of a parser, recursively. A parser that contains itself, and therefore accepts
/// no finite command line, ends at `MAX_DEPTH`.
fn subcommands_of(interpreter: &Interpreter, number: usize, depth: usize) -> Option<Subcommands> {
    let parser = &interpreter.parsers[number];
    if parser.subcommands.is_empty() || depth == MAX_DEPTH {
        return None;
    }
    let command = |(name, number): &(String, usize)| Subcommand {
        name: name.clone(),
        arguments: interpreter.parsers[*number].arguments.clone(),
        subcommands: subcommands_of(interpreter, *number, depth + 1),
    };
    let commands: Vec<Subcommand> = parser.subcommands.iter().map(command).collect();
    let dest = parser.subcommand_dest.clone().unwrap_or_else(|| "subcommand".to_owned());
    Some(Subcommands { chooser: subcommand_argument(dest, &commands), commands })
}

/// The argument that selects a subcommand. Its default is the first one: most scripts do nothing
/// without one.
fn subcommand_argument(dest: String, commands: &[Subcommand]) -> Argument {
    let names = || commands.iter().map(|command| serde_json::Value::from(command.name.as_str()));
    Argument {
        dest,
        flags: Vec::new(),
        action: Action::Store,
        value_type: ValueType::Str,
        default: DefaultValue::Known(names().next().unwrap_or_default()),
        choices: names().collect(),
        nargs: None,
        required: false,
        help: "which subcommand runs".to_owned(),
        group: None,
        const_value: None,
        exclusive_group: None,
        alternatives: Vec::new(),
    }
}

fn selected_parsers(interpreter: &mut Interpreter) -> Vec<usize> {
    let parsers = &interpreter.parsers;
    let with = |usages: &[ParserUsage]| -> Vec<usize> {
        let is_wanted =
            |parser: &ParserModel| usages.contains(&parser.parsed) && !parser.is_subparser;
        (0..parsers.len()).filter(|number| is_wanted(&parsers[*number])).collect()
    };
    let strict = with(&[ParserUsage::Strictly]);
    let lenient = with(&[ParserUsage::Leniently, ParserUsage::Rest]);
    match (strict.as_slice(), lenient.is_empty()) {
        ([one], _) => vec![*one],
        ([], false) => lenient,
        ([], true) => {
            let unused = with(&[ParserUsage::Not]);
            let free: Vec<usize> =
                unused.into_iter().filter(|number| !parsers[*number].is_parent).collect();
            largest(interpreter, &free)
        }
        (_, _) => largest(interpreter, &strict),
    }
}

/// If only one of several parsers will be used, selects the one with the most arguments.
fn largest(interpreter: &mut Interpreter, numbers: &[usize]) -> Vec<usize> {
    let size = |number: &usize| interpreter.parsers[*number].arguments.len();
    let with_arguments = numbers.iter().filter(|number| size(number) > 0).count();
    let best = numbers.iter().rev().max_by_key(|number| size(number)).copied();
    if with_arguments > 1 {
        interpreter.warn(format!(
            "The script builds {with_arguments} separate parsers; the one with the most arguments is shown."
        ));
    }
    best.into_iter().collect()
}
