//! Evaluates calls: to functions of the project, to parsers, to supported library functions.

use ruff_python_ast::{Arguments, Expr, ExprCall, ExprName};

use super::call_arguments::{CallArguments, EvaluatedArgument};
use super::interpreter::Interpreter;
use super::value::PyValue;

impl Interpreter {
    pub(super) fn eval_call(&mut self, call: &ExprCall) -> PyValue {
        if let Expr::Attribute(function) = &*call.func {
            let receiver = self.eval(&function.value);
            let name = function.attr.as_str();
            let arguments = self.call_arguments(&call.arguments, call);
            if let Some(value) = self.call_parser_method(&receiver, name, &arguments) {
                return value;
            }
            if let Some((value, changed)) = super::method::call(&receiver, name, &arguments) {
                if let Some(changed) = changed {
                    self.store_changed(&function.value, changed);
                }
                return value;
            }
            let callee = self.attribute(&receiver, name);
            if callee.is_unknown() {
                self.warn_of_missed_argument(name, &arguments);
            }
            return self.call_value(&callee, arguments);
        }
        if matches!(&*call.func, Expr::Name(ExprName { id, .. }) if id == "super") {
            return self.super_value();
        }
        let callee = self.eval(&call.func);
        let arguments = self.call_arguments(&call.arguments, call);
        self.call_value(&callee, arguments)
    }

    /// Calls a callee of any kind.
    pub(crate) fn call_value(&mut self, callee: &PyValue, mut arguments: CallArguments) -> PyValue {
        match callee {
            PyValue::External(name) => {
                if is_parser_class(name) {
                    return self.create_parser(None, &arguments);
                }
                self.loads_config |= matches!(&**name, "pyruns.load" | "pyruns.read");
                super::builtin::call(name, &arguments)
            }
            PyValue::Function(function) => self.call_function(function, arguments),
            PyValue::Method(function, receiver) => {
                let argument =
                    EvaluatedArgument { value: (**receiver).clone(), text: String::new() };
                arguments.positional.insert(0, argument);
                self.call_function(function, arguments)
            }
            PyValue::Class(number) => self.instantiate(*number, arguments),
            PyValue::ParserMethod(receiver, name) => {
                self.call_parser_method(receiver, name, &arguments).unwrap_or(PyValue::Unknown)
            }
            _ => PyValue::Unknown,
        }
    }

    fn call_arguments(&mut self, arguments: &Arguments, call: &ExprCall) -> CallArguments {
        let mut evaluated =
            CallArguments { location: self.location_of(call), ..CallArguments::default() };
        for argument in &arguments.args {
            if let Expr::Starred(starred) = argument {
                let items = self.eval(&starred.value).items();
                evaluated.is_partial |= items.is_none();
                evaluated.positional.extend(items.into_iter().flatten().map(argument_from_value));
            } else {
                let value = self.eval(argument);
                evaluated
                    .positional
                    .push(EvaluatedArgument { value, text: self.text_of(argument) });
            }
        }
        for keyword in &arguments.keywords {
            let value = self.eval(&keyword.value);
            match (&keyword.arg, value) {
                (Some(name), value) => {
                    let text = self.text_of(&keyword.value);
                    evaluated.keywords.push((name.to_string(), EvaluatedArgument { value, text }));
                }
                (None, PyValue::Dict(items)) => {
                    for (key, value) in items.iter() {
                        match key.as_str() {
                            Some(key) => {
                                let argument = argument_from_value(value.clone());
                                evaluated.keywords.push((key.to_owned(), argument));
                            }
                            None => evaluated.is_partial = true,
                        }
                    }
                }
                (None, _) => evaluated.is_partial = true,
            }
        }
        evaluated
    }

    /// After a method that changes a list or a dict: stores the changed value under its name.
    fn store_changed(&mut self, target: &Expr, changed: PyValue) {
        if target.is_name_expr() || target.is_attribute_expr() || target.is_subscript_expr() {
            self.assign(target, changed);
        }
    }

    /// Without this warning, an argument added to an unknown object would be missing without
    /// notice.
    fn warn_of_missed_argument(&mut self, method: &str, arguments: &CallArguments) {
        let flag = arguments.positional.first().and_then(|argument| argument.value.as_str());
        if let (true, Some(flag)) = (method == "add_argument", flag) {
            self.warn(format!(
                "{}: `{flag}` is added to a parser that reading cannot follow; it is left to the script.",
                arguments.location
            ));
        }
    }
}

fn argument_from_value(value: PyValue) -> EvaluatedArgument {
    let text = super::text::repr(&value).unwrap_or_else(|| "…".into());
    EvaluatedArgument { value, text }
}

/// Whether a library class is an argparse parser or compatible with one.
pub(super) fn is_parser_class(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    matches!(last, "ArgumentParser" | "ArgParser") && name.contains('.')
}
