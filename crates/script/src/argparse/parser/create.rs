//! Evaluates `ArgumentParser(…)`.

use common::argument::DefaultValue;

use super::argument_default;
use super::model::ParserModel;
use crate::argparse::python::call_arguments::CallArguments;
use crate::argparse::python::interpreter::Interpreter;
use crate::argparse::python::value::PyValue;

impl Interpreter {
    /// Creates a parser, optionally of a class of the project.
    pub(crate) fn create_parser(
        &mut self,
        class: Option<usize>,
        arguments: &CallArguments,
    ) -> PyValue {
        let number = self.parsers.len();
        let prefix_chars = "-".to_owned();
        self.parsers.push(ParserModel { class, prefix_chars, ..ParserModel::default() });
        if class.is_none() {
            self.configure_parser(number, arguments);
        }
        PyValue::Parser(number)
    }

    /// Applies the arguments of `ArgumentParser.__init__`.
    pub(crate) fn configure_parser(&mut self, number: usize, arguments: &CallArguments) {
        if let Some(chars) = arguments.keyword("prefix_chars").and_then(|it| it.value.as_str()) {
            self.parsers[number].prefix_chars = chars.to_owned();
        }
        let conflict = arguments.keyword("conflict_handler");
        self.parsers[number].resolves_conflicts =
            conflict.is_some_and(|argument| argument.value.as_str() == Some("resolve"));
        if let Some(argument) = arguments.keyword("argument_default") {
            self.parsers[number].argument_default = Some(argument_default::of(argument));
        }
        if let Some(argument) = arguments.keyword("parents") {
            self.take_parents(number, &argument.value, &arguments.location);
        }
    }

    fn take_parents(&mut self, number: usize, parents: &PyValue, location: &str) {
        let parents = parents.items().unwrap_or_else(|| vec![PyValue::Unknown]);
        for parent in parents {
            let PyValue::Parser(parent) = parent else {
                self.warn(format!(
                    "{location}: a parser in `parents=` could not be followed; its arguments are left to the script."
                ));
                continue;
            };
            self.parsers[parent].is_parent = true;
            let arguments = self.parsers[parent].arguments.clone();
            let defaults: Vec<(String, DefaultValue)> = self.parsers[parent].defaults.clone();
            for argument in arguments {
                self.parsers[number].add(argument);
            }
            self.parsers[number].defaults.extend(defaults);
        }
    }
}
