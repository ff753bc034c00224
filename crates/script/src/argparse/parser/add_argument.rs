//! `add_argument(…)`.

use common::argument::{Action, Argument, DefaultValue, Nargs, ValueType};

use super::{argument_default, argument_fields as fields};
use crate::argparse::help;
use crate::argparse::python::call_arguments::CallArguments;
use crate::argparse::python::interpreter::Interpreter;
use crate::argparse::python::value::{Group, PyValue};

impl Interpreter {
    /// Adds an argument to the parser of a group.
    pub(super) fn add_argument(&mut self, group: &Group, given: &CallArguments) {
        let prefix = self.parsers[group.parser].prefix_chars.clone();
        let Some((flags, dest)) = fields::names(given, &prefix) else {
            self.warn(format!(
                "{}: an argument has a name that only the script knows; it is left to the script.",
                given.place
            ));
            return;
        };
        let Some(action) = fields::action(given.keyword("action")) else {
            return;
        };
        let value_type = fields::value_type(given.keyword("type"));
        let nargs = fields::nargs(given.keyword("nargs"));
        let default = self.default_of(group.parser, &dest, action, given);
        let mut argument = Argument {
            required: is_required(&flags, nargs, action, given),
            default: argument_default::converted(default, &value_type),
            choices: fields::choices(given.keyword("choices")),
            help: String::new(),
            group: group.title.as_ref().map(ToString::to_string),
            const_value: fields::const_value(given.keyword("const")),
            exclusive_group: group.exclusive,
            alternatives: Vec::new(),
            dest,
            flags,
            action,
            value_type,
            nargs,
        };
        argument.help = help_of(&argument, given);
        self.warn_about(&argument, given);
        if let Some(condition) = self.conditions.last().cloned() {
            self.leave_to_script(&mut argument, &condition, given);
        }
        self.parsers[group.parser].add(argument);
    }

    fn default_of(
        &self,
        parser: usize,
        dest: &str,
        action: Action,
        given: &CallArguments,
    ) -> DefaultValue {
        if let Some(default) = given.keyword("default") {
            return if argument_default::is_suppressed(&default.value) {
                DefaultValue::Unresolved("argparse.SUPPRESS".into())
            } else {
                argument_default::of(default)
            };
        }
        if given.is_partial {
            return DefaultValue::Unresolved("**…".into());
        }
        let model = &self.parsers[parser];
        let set = model.defaults.iter().find(|(known, _)| known == dest);
        set.map(|(_, default)| default.clone())
            .or_else(|| model.argument_default.clone())
            .unwrap_or_else(|| argument_default::implied(action))
    }

    fn warn_about(&mut self, argument: &Argument, given: &CallArguments) {
        let name = argument.flags.first().unwrap_or(&argument.dest);
        let place = &given.place;
        if argument.value_type == ValueType::Bool {
            self.warn(format!(
                "{place}: `{name}` has `type=bool`, for which every text but the empty one is true, `False` too. Pyruns passes the empty text for false; `action=argparse.BooleanOptionalAction` would be clear."
            ));
        }
        if given.is_partial {
            self.warn(format!(
                "{place}: `{name}` is added with settings that only the script knows; what could be read is shown."
            ));
        }
    }

    /// An argument that may not exist must not be passed by itself.
    fn leave_to_script(&mut self, argument: &mut Argument, condition: &str, given: &CallArguments) {
        let name = argument.flags.first().unwrap_or(&argument.dest);
        self.warn(format!(
            "{}: `{name}` exists only under a condition ({condition}); it is passed only when you set it.",
            given.place
        ));
        let text = match given.keyword("default") {
            Some(default) => default.text.clone(),
            None => help::shown(&argument.default),
        };
        argument.default = DefaultValue::Unresolved(text);
        argument.required = false;
    }
}

fn is_required(
    flags: &[String],
    nargs: Option<Nargs>,
    action: Action,
    given: &CallArguments,
) -> bool {
    if !flags.is_empty() {
        return given.keyword("required").and_then(|it| it.value.truth()) == Some(true);
    }
    let is_bare = matches!(
        action,
        Action::StoreTrue | Action::StoreFalse | Action::StoreConst | Action::Count
    );
    match nargs {
        Some(Nargs::Optional | Nargs::Any | Nargs::Remainder) => false,
        _ => !is_bare,
    }
}

fn help_of(argument: &Argument, given: &CallArguments) -> String {
    match given.keyword("help").map(|given| &given.value) {
        Some(PyValue::Str(text)) if &**text != "==SUPPRESS==" => help::expanded(text, argument),
        _ => String::new(),
    }
}
