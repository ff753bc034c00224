//! Evaluates calls of the project's own functions.

use std::rc::Rc;

use super::branch::either;
use super::call_arguments::{CallArguments, EvaluatedArgument};
use super::interpreter::{Frame, FrameKind, Interpreter};
use super::stmt::Flow;
use super::value::{Function, PyValue};

/// Maximum nesting depth of calls.
const CALLS_LIMIT: usize = 24;

impl Interpreter {
    /// Executes a function's body and returns its return value, if it can be determined.
    pub(super) fn call_function(
        &mut self,
        function: &Rc<Function>,
        arguments: CallArguments,
    ) -> PyValue {
        if self.frames.len() >= CALLS_LIMIT || !self.step() {
            return PyValue::Unknown;
        }
        if function.module == 0 {
            self.called.insert(function.definition.range);
        }
        let mut frame = Frame::new(FrameKind::Function, function.module);
        frame.closure.clone_from(&function.closure);
        if let (Some(class), Some(first)) = (function.class, arguments.positional.first()) {
            frame.receiver = Some((class, first.value.clone()));
        }
        self.frames.push(frame);
        self.bind_parameters(function, arguments);
        let flow = self.exec_block(&function.definition.body);
        let Some(frame) = self.frames.pop() else {
            return PyValue::Unknown;
        };
        let ends = (flow == Flow::Next).then_some(PyValue::None);
        frame.returns.into_iter().chain(ends).reduce(either).unwrap_or(PyValue::Unknown)
    }

    /// Calls a function for which no call was found, with unknown arguments.
    pub(super) fn call_with_unknowns(&mut self, function: &Rc<Function>) {
        let arguments = CallArguments { is_partial: true, ..CallArguments::default() };
        self.call_function(function, arguments);
    }

    fn bind_parameters(&mut self, function: &Rc<Function>, arguments: CallArguments) {
        let parameters = &function.definition.parameters;
        let mut positional = arguments.positional.into_iter();
        let mut keywords = arguments.keywords;
        let by_place = parameters.posonlyargs.iter().chain(&parameters.args);
        for (parameter, by_name_only) in by_place
            .map(|parameter| (parameter, false))
            .chain(parameters.kwonlyargs.iter().map(|parameter| (parameter, true)))
        {
            let name = parameter.parameter.name.as_str();
            let named = keywords.iter().position(|(known, _)| known == name);
            let argument = if by_name_only { None } else { positional.next() }
                .or_else(|| named.map(|index| keywords.remove(index).1));
            let value = match (argument, &parameter.default) {
                (Some(argument), _) => argument.value,
                (None, Some(default)) => self.eval(default),
                (None, None) => PyValue::Unknown,
            };
            self.bind(name, value);
        }
        if let Some(parameter) = &parameters.vararg {
            let items = positional.map(|argument: EvaluatedArgument| argument.value).collect();
            let value = if arguments.is_partial { PyValue::Unknown } else { PyValue::tuple(items) };
            self.bind(parameter.name.as_str(), value);
        }
        if let Some(parameter) = &parameters.kwarg {
            let items =
                keywords.into_iter().map(|(name, argument)| (PyValue::str(name), argument.value));
            let value = if arguments.is_partial {
                PyValue::Unknown
            } else {
                PyValue::dict(items.collect())
            };
            self.bind(parameter.name.as_str(), value);
        }
    }
}
