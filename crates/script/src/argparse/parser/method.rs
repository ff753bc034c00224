//! Evaluates method calls on parsers and their groups.

use super::argument_default;
use super::model::ParserUsage;
use crate::argparse::python::call_arguments::CallArguments;
use crate::argparse::python::interpreter::Interpreter;
use crate::argparse::python::value::{Group, PyValue};

impl Interpreter {
    /// Calls a method of argparse; `None` if the receiver is not a parser, or the method is defined
    /// by the project.
    pub(crate) fn call_parser_method(
        &mut self,
        receiver: &PyValue,
        name: &str,
        arguments: &CallArguments,
    ) -> Option<PyValue> {
        let group = match receiver {
            PyValue::Parser(number) => {
                let is_own = !self.attribute(receiver, name).is_unknown();
                if is_own {
                    return None;
                }
                Group { parser: *number, title: None, exclusive: None }
            }
            PyValue::Group(group) => group.clone(),
            PyValue::Super(_, inner) => {
                let PyValue::Parser(number) = **inner else {
                    return None;
                };
                if !self.attribute(receiver, name).is_unknown() {
                    return None;
                }
                Group { parser: number, title: None, exclusive: None }
            }
            PyValue::Subparsers(parser) if name == "add_parser" => {
                return Some(self.add_subcommand(*parser, arguments));
            }
            _ => return None,
        };
        Some(self.call_on_parser(&group, name, arguments))
    }

    fn call_on_parser(&mut self, group: &Group, name: &str, arguments: &CallArguments) -> PyValue {
        let parser = group.parser;
        match name {
            "__init__" => self.configure_parser(parser, arguments),
            // configargparse's aliases.
            "add_argument" | "add" | "add_arg" => self.add_argument(group, arguments),
            "add_argument_group" => {
                let title = arguments.value(0, "title").and_then(PyValue::as_str);
                let title = title.filter(|title| !title.is_empty()).map(Into::into);
                return PyValue::Group(Group { parser, title, exclusive: None });
            }
            "add_mutually_exclusive_group" => {
                self.exclusive_groups += 1;
                let title = group.title.clone();
                let exclusive = Some(self.exclusive_groups);
                return PyValue::Group(Group { parser, title, exclusive });
            }
            "add_subparsers" => {
                let dest = arguments.keyword("dest").and_then(|argument| argument.value.as_str());
                self.parsers[parser].subcommand_dest = dest.map(str::to_owned);
                return PyValue::Subparsers(parser);
            }
            "set_defaults" => self.set_defaults(parser, arguments),
            "parse_known_args" | "parse_known_intermixed_args" => {
                self.record_usage(parser, ParserUsage::Leniently, arguments);
                return PyValue::Unknown;
            }
            "parse_args" | "parse_intermixed_args" => {
                let is_whole = match arguments.value(0, "args") {
                    None | Some(PyValue::None) => true,
                    Some(_) => arguments
                        .positional
                        .first()
                        .is_some_and(|it| it.text.replace(' ', "") == "sys.argv[1:]"),
                };
                let usage = if is_whole { ParserUsage::Strictly } else { ParserUsage::Rest };
                self.record_usage(parser, usage, arguments);
                return PyValue::Unknown;
            }
            _ => return PyValue::Unknown,
        }
        PyValue::None
    }

    fn record_usage(&mut self, parser: usize, usage: ParserUsage, arguments: &CallArguments) {
        if let Some(PyValue::List(_)) = arguments.value(0, "args") {
            self.warn(format!(
                "{}: the parser is given a fixed list of arguments; it never sees the command line.",
                arguments.location
            ));
        }
        let model = &mut self.parsers[parser];
        model.parsed = model.parsed.max(usage);
    }

    fn add_subcommand(&mut self, parser: usize, arguments: &CallArguments) -> PyValue {
        let name = arguments.value(0, "name").and_then(PyValue::as_str).map(str::to_owned);
        let created = self.create_parser(None, arguments);
        if let PyValue::Parser(number) = created {
            self.parsers[number].is_subparser = true;
            match name {
                Some(name) => self.parsers[parser].subcommands.push((name, number)),
                None => self.warn(format!(
                    "{}: the name of a subcommand is known to the script only; it is not shown.",
                    arguments.location
                )),
            }
        }
        created
    }

    fn set_defaults(&mut self, parser: usize, arguments: &CallArguments) {
        if arguments.is_partial {
            self.warn(format!(
                "{}: `set_defaults` is given values that only the script knows; what it changes is not shown.",
                arguments.location
            ));
        }
        for (dest, argument) in &arguments.keywords {
            let default = if self.conditions.is_empty() {
                argument_default::of(argument)
            } else {
                common::argument::DefaultValue::Unresolved(argument.text.clone())
            };
            self.parsers[parser].set_default(dest, default);
        }
    }
}
