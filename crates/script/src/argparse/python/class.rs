//! Evaluates the project's own classes: constants, methods, option objects, classes derived from
//! argparse's.

use super::call::is_parser_class;
use super::call_arguments::{CallArguments, EvaluatedArgument};
use super::interpreter::{Interpreter, Object};
use super::value::{Function, PyValue, Scope};

impl Interpreter {
    /// Creates an instance and executes its `__init__`.
    pub(super) fn instantiate(&mut self, class: usize, mut arguments: CallArguments) -> PyValue {
        let object = if self.is_parser(class, 0) {
            self.create_parser(Some(class), &arguments)
        } else {
            self.objects.push(Object { class, attributes: Scope::new() });
            PyValue::Object(self.objects.len() - 1)
        };
        if let Some(PyValue::Function(init)) = self.class_attribute(class, "__init__") {
            let argument = EvaluatedArgument { value: object.clone(), text: String::new() };
            arguments.positional.insert(0, argument);
            self.call_function(&init, arguments);
        }
        object
    }

    /// Whether a class is argparse's parser or derived from it.
    fn is_parser(&self, class: usize, depth: u32) -> bool {
        depth < 16
            && self.classes[class].bases.iter().any(|base| match base {
                PyValue::External(name) => is_parser_class(name),
                PyValue::Class(number) => self.is_parser(*number, depth + 1),
                _ => false,
            })
    }

    /// An attribute of a class or of its base classes.
    pub(super) fn class_attribute(&self, class: usize, name: &str) -> Option<PyValue> {
        self.find_attribute(class, name, 0)
    }

    fn find_attribute(&self, class: usize, name: &str, depth: u32) -> Option<PyValue> {
        let it = self.classes.get(class).filter(|_| depth < 16)?;
        it.attributes.get(name).cloned().or_else(|| {
            it.bases.iter().find_map(|base| match base {
                PyValue::Class(number) => self.find_attribute(*number, name, depth + 1),
                _ => None,
            })
        })
    }

    /// The items of an iterated value; for an enum its members, which are represented by their
    /// values.
    pub(super) fn items_of(&self, value: &PyValue) -> Option<Vec<PyValue>> {
        let PyValue::Class(number) = value else { return value.items() };
        let class = self.classes.get(*number).filter(|_| self.is_enum(*number, 0))?;
        let is_member = |name: &&String| !name.starts_with('_');
        let members = class.assigned.iter().filter(is_member);
        members.map(|name| class.attributes.get(name).cloned()).collect()
    }

    fn is_enum(&self, class: usize, depth: u32) -> bool {
        let is_one = |base: &PyValue| match base {
            PyValue::External(name) => {
                matches!(&**name, "enum.Enum" | "enum.IntEnum" | "enum.StrEnum")
            }
            PyValue::Class(number) => self.is_enum(*number, depth + 1),
            _ => false,
        };
        depth < 16 && self.classes[class].bases.iter().any(is_one)
    }

    /// `Class.name`; a class method is bound to its class.
    pub(super) fn attribute_of_class(&self, class: usize, name: &str) -> PyValue {
        match self.class_attribute(class, name) {
            Some(PyValue::Function(function)) if decorated(&function, "classmethod") => {
                PyValue::Method(function, Box::new(PyValue::Class(class)))
            }
            Some(value) => value,
            None if name == "__name__" => PyValue::str(&self.classes[class].name),
            None => PyValue::Unknown,
        }
    }

    /// An attribute of an instance's class; functions are bound to the instance.
    pub(super) fn bound_attribute(
        &mut self,
        class: usize,
        receiver: &PyValue,
        name: &str,
    ) -> PyValue {
        match self.class_attribute(class, name) {
            Some(PyValue::Function(function)) if decorated(&function, "staticmethod") => {
                PyValue::Function(function)
            }
            Some(PyValue::Function(function)) if decorated(&function, "classmethod") => {
                PyValue::Method(function, Box::new(PyValue::Class(class)))
            }
            Some(PyValue::Function(function)) if decorated(&function, "property") => {
                PyValue::Unknown
            }
            Some(PyValue::Function(function)) => {
                PyValue::Method(function, Box::new(receiver.clone()))
            }
            Some(value) => value,
            None => PyValue::Unknown,
        }
    }

    /// `super()` in the current method.
    pub(super) fn super_value(&self) -> PyValue {
        match self.frames.last().and_then(|frame| frame.receiver.clone()) {
            Some((class, receiver)) => PyValue::Super(class, Box::new(receiver)),
            None => PyValue::Unknown,
        }
    }

    pub(super) fn super_attribute(
        &mut self,
        class: usize,
        receiver: &PyValue,
        name: &str,
    ) -> PyValue {
        for base in self.classes[class].bases.clone() {
            if let PyValue::Class(number) = base
                && self.class_attribute(number, name).is_some()
            {
                return self.bound_attribute(number, receiver, name);
            }
        }
        PyValue::Unknown
    }
}

fn decorated(function: &Function, name: &str) -> bool {
    function.definition.decorator_list.iter().any(
        |decorator| matches!(&decorator.expression, ruff_python_ast::Expr::Name(it) if it.id == name),
    )
}
