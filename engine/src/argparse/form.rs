//! From what the evaluator saw to the form: which parsers count, and what to warn of.

use std::path::Path;

use common::argument::{Argument, ScriptForm};
use common::launcher::ConfigSource;

use super::parser::{Parsed, ParserModel};
use super::python::interpreter::Interpreter;
use super::read::ParsedFile;
use super::source::{self, Sources};

/// The form of a parsed script.
pub(super) fn of_script(path: &Path, parsed: ParsedFile) -> ScriptForm {
    let sources = source::detect(&parsed.tree);
    let mut warnings: Vec<String> = parsed.warning.into_iter().collect();
    if sources.pyruns_load {
        return ScriptForm { source: ConfigSource::PyrunsLoad, arguments: Vec::new(), warnings };
    }
    let mut interpreter = Interpreter::new(path);
    interpreter.run_module(path, &parsed.source, &parsed.tree, true);
    if interpreter.parsers.iter().all(|parser| parser.parsed == Parsed::Not) {
        interpreter.run_uncalled(&parsed.tree);
    }
    let arguments = chosen_arguments(&mut interpreter);
    warnings.append(&mut interpreter.warnings);
    if interpreter.is_exhausted() {
        warnings
            .push("The script is too long to be read to its end; arguments may be missing.".into());
    }
    if !arguments.is_empty() {
        return ScriptForm { source: ConfigSource::Argparse, arguments, warnings };
    }
    if interpreter.loads_config {
        return ScriptForm { source: ConfigSource::PyrunsLoad, arguments, warnings };
    }
    let source = source_without_arguments(&sources, !interpreter.parsers.is_empty(), &mut warnings);
    ScriptForm { source, arguments, warnings }
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

/// The arguments of the parsers that see the command line.
fn chosen_arguments(interpreter: &mut Interpreter) -> Vec<Argument> {
    let chosen = chosen_parsers(interpreter);
    let mut arguments: Vec<Argument> = Vec::new();
    for number in chosen {
        let parser = &interpreter.parsers[number];
        for argument in &parser.arguments {
            if !arguments.iter().any(|known| known.dest == argument.dest) {
                arguments.push(argument.clone());
            }
        }
        if !parser.subcommands.is_empty() {
            let names = parser.subcommands.join(", ");
            interpreter.warn(format!(
                "The script has subcommands ({names}), which are alternatives; only the arguments before the subcommand are shown."
            ));
        }
    }
    arguments
}

fn chosen_parsers(interpreter: &mut Interpreter) -> Vec<usize> {
    let parsers = &interpreter.parsers;
    let with = |wanted: &[Parsed]| -> Vec<usize> {
        let is_wanted =
            |parser: &ParserModel| wanted.contains(&parser.parsed) && !parser.is_subparser;
        (0..parsers.len()).filter(|number| is_wanted(&parsers[*number])).collect()
    };
    let strict = with(&[Parsed::Strictly]);
    let lenient = with(&[Parsed::Leniently, Parsed::Rest]);
    match (strict.as_slice(), lenient.is_empty()) {
        ([one], _) => vec![*one],
        ([], false) => lenient,
        ([], true) => {
            let unused = with(&[Parsed::Not]);
            let free: Vec<usize> =
                unused.into_iter().filter(|number| !parsers[*number].is_parent).collect();
            largest(interpreter, &free)
        }
        (_, _) => largest(interpreter, &strict),
    }
}

/// Of several parsers of which one will be used, the one with the most arguments.
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
