//! A parser as the script built it.

use common::argument::{Argument, DefaultValue};

use crate::argparse::python::value::Scope;

/// How the script used a parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Parsed {
    /// Not at all, as far as was seen.
    #[default]
    Not,
    /// `parse_known_args`: what it does not know is left over.
    Leniently,
    /// `parse_args` of what another parser left over.
    Rest,
    /// `parse_args` of the whole command line.
    Strictly,
}

/// A parser, with what was done to it so far.
#[derive(Debug, Default)]
pub(crate) struct ParserModel {
    /// Its arguments, in source order, one per `dest`.
    pub arguments: Vec<Argument>,
    /// `set_defaults`, for arguments that are added later.
    pub defaults: Vec<(String, DefaultValue)>,
    /// `argument_default=`.
    pub argument_default: Option<DefaultValue>,
    /// Characters that flags begin with.
    pub prefix_chars: String,
    /// `conflict_handler="resolve"`: a flag added again is taken from its first owner.
    pub resolves_conflicts: bool,
    pub parsed: Parsed,
    /// It was given to another one as `parents=`.
    pub is_parent: bool,
    /// It is one of a subcommand.
    pub is_subparser: bool,
    /// Names of its subcommands, and the numbers of their parsers.
    pub subcommands: Vec<(String, usize)>,
    /// `dest=` of `add_subparsers`.
    pub subcommand_dest: Option<String>,
    /// Its class, when the project derives one.
    pub class: Option<usize>,
    /// What the script stored on it.
    pub attributes: Scope,
}

impl ParserModel {
    /// Adds an argument. One whose `dest` is known stands beside the first of that name,
    /// whose default counts.
    pub(crate) fn add(&mut self, mut argument: Argument) {
        if self.resolves_conflicts {
            self.take_flags_over(&argument);
        }
        match self.arguments.iter_mut().find(|it| it.dest == argument.dest) {
            Some(first) => {
                argument.default = first.default.clone();
                first.alternatives.push(argument);
            }
            None => self.arguments.push(argument),
        }
    }

    fn take_flags_over(&mut self, argument: &Argument) {
        for known in &mut self.arguments {
            known.flags.retain(|flag| !argument.flags.contains(flag));
        }
        let is_option = !argument.is_positional();
        self.arguments.retain(|it| !(is_option && it.flags.is_empty() && it.was_option()));
    }

    /// Changes the default of a `dest`, now and for arguments to come.
    pub(crate) fn set_default(&mut self, dest: &str, default: DefaultValue) {
        for argument in self.arguments.iter_mut().filter(|it| it.dest == dest) {
            argument.default = default.clone();
        }
        self.defaults.retain(|(known, _)| known != dest);
        self.defaults.push((dest.to_owned(), default));
    }
}

/// Telling an option that lost all its flags from a positional.
trait WasOption {
    fn was_option(&self) -> bool;
}

impl WasOption for Argument {
    fn was_option(&self) -> bool {
        !self.required || !matches!(self.action, common::argument::Action::Store)
    }
}
