//! The values of the evaluator.

use std::collections::HashMap;
use std::rc::Rc;

use ruff_python_ast::StmtFunctionDef;

/// The names of a module, a class or a function call.
pub(crate) type Scope = HashMap<String, PyValue>;

/// A Python value, as far as it can be determined.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum PyValue {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(Rc<str>),
    /// A `pathlib` path, by its text.
    Path(Rc<str>),
    List(Rc<Vec<PyValue>>),
    Tuple(Rc<Vec<PyValue>>),
    Dict(Rc<Vec<(PyValue, PyValue)>>),
    /// A built-in or library object, by its dotted name: `os.path.join`.
    External(Rc<str>),
    /// A module of the project, by its index.
    Module(usize),
    Function(Rc<Function>),
    /// A function bound to its first argument.
    Method(Rc<Function>, Box<PyValue>),
    Class(usize),
    Object(usize),
    /// `super()` in a method of a class, with its `self`.
    Super(usize, Box<PyValue>),
    Parser(usize),
    Group(Group),
    /// A bound method of a parser or a group: `add = parser.add_argument`.
    ParserMethod(Box<PyValue>, Rc<str>),
    /// The result of `add_subparsers`, by its parser's index.
    Subparsers(usize),
    /// It can only be determined by running the script.
    Unknown,
}

/// An argument group of a parser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub parser: usize,
    pub title: Option<Rc<str>>,
    /// The index of its mutually exclusive group.
    pub exclusive: Option<u32>,
}

/// A function of the project.
#[derive(Debug)]
pub(crate) struct Function {
    pub definition: StmtFunctionDef,
    pub module: usize,
    pub class: Option<usize>,
    pub closure: Option<Scope>,
}

/// Maximum number of parts of a value, counting shared parts every time: lists that share lists
/// could otherwise grow exponentially.
const MAX_PARTS: usize = 10_000;

fn is_small(items: &[PyValue]) -> bool {
    let mut capacity = MAX_PARTS;
    items.iter().all(|item| item.fits(&mut capacity))
}

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl PyValue {
    pub(crate) fn str(text: impl AsRef<str>) -> Self {
        Self::Str(text.as_ref().into())
    }

    pub(crate) fn external(name: impl AsRef<str>) -> Self {
        Self::External(name.as_ref().into())
    }

    pub(crate) fn list(items: Vec<Self>) -> Self {
        if is_small(&items) { Self::List(Rc::new(items)) } else { Self::Unknown }
    }

    pub(crate) fn tuple(items: Vec<Self>) -> Self {
        if is_small(&items) { Self::Tuple(Rc::new(items)) } else { Self::Unknown }
    }

    pub(crate) fn dict(items: Vec<(Self, Self)>) -> Self {
        let mut capacity = MAX_PARTS;
        let fits =
            items.iter().all(|(key, value)| key.fits(&mut capacity) && value.fits(&mut capacity));
        if fits { Self::Dict(Rc::new(items)) } else { Self::Unknown }
    }

    /// Subtracts the size of the value from the remaining capacity; false if it does not fit.
    fn fits(&self, capacity: &mut usize) -> bool {
        let own = match self {
            Self::Str(text) | Self::Path(text) => 1 + text.len() / 32,
            _ => 1,
        };
        let Some(remaining) = capacity.checked_sub(own) else { return false };
        *capacity = remaining;
        match self {
            Self::List(items) | Self::Tuple(items) => items.iter().all(|item| item.fits(capacity)),
            Self::Dict(items) => {
                items.iter().all(|(key, value)| key.fits(capacity) && value.fits(capacity))
            }
            _ => true,
        }
    }

    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// Whether code acts on it, as opposed to plain data.
    pub(crate) fn is_handle(&self) -> bool {
        matches!(
            self,
            Self::Parser(_)
                | Self::Group(_)
                | Self::Subparsers(_)
                | Self::Function(_)
                | Self::Method(..)
                | Self::Class(_)
                | Self::Object(_)
                | Self::Module(_)
        )
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) | Self::Path(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value; `None` if it cannot be determined.
    pub(crate) fn truth(&self) -> Option<bool> {
        Some(match self {
            Self::None => false,
            Self::Bool(value) => *value,
            Self::Int(value) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Str(text) => !text.is_empty(),
            Self::List(items) | Self::Tuple(items) => !items.is_empty(),
            Self::Dict(items) => !items.is_empty(),
            Self::Unknown | Self::External(_) | Self::Object(_) => return None,
            _ => true,
        })
    }

    /// The items of an iteration; a dict yields its keys.
    pub(crate) fn items(&self) -> Option<Vec<Self>> {
        match self {
            Self::List(items) | Self::Tuple(items) => Some(items.to_vec()),
            Self::Dict(items) => Some(items.iter().map(|(key, _)| key.clone()).collect()),
            Self::Str(text) => Some(text.chars().map(|c| Self::str(c.to_string())).collect()),
            _ => None,
        }
    }
}
