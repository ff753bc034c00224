//! The state of a parser as the script has built it.

use common::argument::{Argument, DefaultValue};

use crate::argparse::python::value::Scope;

/// How the script uses a parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum ParserUsage {
    /// No use was found.
    #[default]
    Not,
    /// `parse_known_args`: unknown arguments remain.
    Leniently,
    /// `parse_args` of the arguments that another parser left.
    Rest,
    /// `parse_args` of the complete command line.
    Strictly,
}

/// A parser with its configuration so far.
#[derive(Debug, Default)]
pub(crate) struct ParserModel {
    /// Its arguments, in source order, one per `dest`.
    pub arguments: Vec<Argument>,
    /// Defaults of `set_defaults`, for arguments that are added later.
    pub defaults: Vec<(String, DefaultValue)>,
    /// `argument_default=`.
    pub argument_default: Option<DefaultValue>,
    /// Characters that start a flag.
    pub prefix_chars: String,
    /// `conflict_handler="resolve"`: a flag that is added again is removed from its first owner.
    pub resolves_conflicts: bool,
    pub parsed: ParserUsage,
    /// It was passed to another parser as `parents=`.
    pub is_parent: bool,
    /// It is the parser of a subcommand.
    pub is_subparser: bool,
    /// Names of its subcommands, and the indices of their parsers.
    pub subcommands: Vec<(String, usize)>,
    /// `dest=` of `add_subparsers`.
    pub subcommand_dest: Option<String>,
    /// Its class, if the project derives one.
    pub class: Option<usize>,
    /// Attributes that the script stored on it.
    pub attributes: Scope,
}

impl ParserModel {
    /// Adds an argument. If its `dest` exists, it becomes an alternative of the first argument with
    /// that `dest`, whose default is used.
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
        for existing in &mut self.arguments {
            existing.flags.retain(|flag| !argument.flags.contains(flag));
        }
        let is_option = !argument.is_positional();
        self.arguments.retain(|it| !(is_option && it.flags.is_empty() && it.was_option()));
    }

    /// Changes the default of a `dest`, for existing and future arguments.
    pub(crate) fn set_default(&mut self, dest: &str, default: DefaultValue) {
        for argument in self.arguments.iter_mut().filter(|it| it.dest == dest) {
            argument.default = default.clone();
        }
        self.defaults.retain(|(existing, _)| existing != dest);
        self.defaults.push((dest.to_owned(), default));
    }
}

/// Distinguishes an option that lost all its flags from a positional.
trait WasOption {
    fn was_option(&self) -> bool;
}

impl WasOption for Argument {
    fn was_option(&self) -> bool {
        !self.required || !matches!(self.action, common::argument::Action::Store)
    }
}
