//! Evaluates `add_argument(…)`.

use common::argument::{Action, Argument, DefaultValue, Nargs, ValueType};

use super::{argument_default, argument_fields as fields};
use crate::argparse::help;
use crate::argparse::python::call_arguments::CallArguments;
use crate::argparse::python::interpreter::Interpreter;
use crate::argparse::python::value::{Group, PyValue};

impl Interpreter {
    /// Adds an argument to the parser of a group.
    pub(super) fn add_argument(&mut self, group: &Group, call: &CallArguments) {
        let prefix = self.parsers[group.parser].prefix_chars.clone();
        let Some((flags, dest)) = fields::names(call, &prefix) else {
            self.warn(format!(
                "{}: an argument has a name that only the script knows; it is left to the script.",
                call.location
            ));
            return;
        };
        let Some(action) = fields::action(call.keyword("action")) else {
            return;
        };
        let value_type = fields::value_type(call.keyword("type"));
        let nargs = fields::nargs(call.keyword("nargs"));
        let default = self.default_of(group.parser, &dest, action, call);
        let mut argument = Argument {
            required: is_required(&flags, nargs, action, call),
            default: argument_default::converted(default, &value_type),
            choices: fields::choices(call.keyword("choices")),
            help: String::new(),
            group: group.title.as_ref().map(ToString::to_string),
            const_value: fields::const_value(call.keyword("const")),
            exclusive_group: group.exclusive,
            alternatives: Vec::new(),
            dest,
            flags,
            action,
            value_type,
            nargs,
        };
        argument.help = help_of(&argument, call);
        self.warn_about(&argument, call);
        if let Some(condition) = self.conditions.last().cloned() {
            self.leave_to_script(&mut argument, &condition, call);
        }
        self.parsers[group.parser].add(argument);
    }

    fn default_of(
        &self,
        parser: usize,
        dest: &str,
        action: Action,
        call: &CallArguments,
    ) -> DefaultValue {
        if let Some(default) = call.keyword("default") {
            return if argument_default::is_suppressed(&default.value) {
                DefaultValue::Unresolved("argparse.SUPPRESS".into())
            } else {
                argument_default::of(default)
            };
        }
        if call.is_partial {
            return DefaultValue::Unresolved("**…".into());
        }
        let model = &self.parsers[parser];
        let set = model.defaults.iter().find(|(known, _)| known == dest);
        set.map(|(_, default)| default.clone())
            .or_else(|| model.argument_default.clone())
            .unwrap_or_else(|| argument_default::implied(action))
    }

    fn warn_about(&mut self, argument: &Argument, call: &CallArguments) {
        let name = argument.flags.first().unwrap_or(&argument.dest);
        let location = &call.location;
        if argument.value_type == ValueType::Bool {
            self.warn(format!(
                "{location}: `{name}` has `type=bool`, for which every text but the empty one is true, `False` too. Pyruns passes the empty text for false; `action=argparse.BooleanOptionalAction` would be clear."
            ));
        }
        if call.is_partial {
            self.warn(format!(
                "{location}: `{name}` is added with settings that only the script knows; what could be read is shown."
            ));
        }
    }

    /// Marks an argument that exists only under a condition: it is not passed by default.
    fn leave_to_script(&mut self, argument: &mut Argument, condition: &str, call: &CallArguments) {
        let name = argument.flags.first().unwrap_or(&argument.dest);
        self.warn(format!(
            "{}: `{name}` exists only under a condition ({condition}); it is passed only when you set it.",
            call.location
        ));
        let text = match call.keyword("default") {
            Some(default) => default.text.clone(),
            None => help::display_default(&argument.default),
        };
        argument.default = DefaultValue::Unresolved(text);
        argument.required = false;
    }
}

fn is_required(
    flags: &[String],
    nargs: Option<Nargs>,
    action: Action,
    call: &CallArguments,
) -> bool {
    if !flags.is_empty() {
        return call.keyword("required").and_then(|it| it.value.truth()) == Some(true);
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

fn help_of(argument: &Argument, call: &CallArguments) -> String {
    match call.keyword("help").map(|call| &call.value) {
        Some(PyValue::Str(text)) if &**text != "==SUPPRESS==" => help::expanded(text, argument),
        _ => String::new(),
    }
}
