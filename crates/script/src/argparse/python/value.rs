//! The values the evaluator knows.

use std::collections::HashMap;
use std::rc::Rc;

use ruff_python_ast::StmtFunctionDef;

/// The names of a module, a class or a function call.
pub(crate) type Scope = HashMap<String, PyValue>;

/// A value of Python, as far as it can be known.
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
    /// Something of the language or of a library, by its dotted name: `os.path.join`.
    External(Rc<str>),
    /// A module of the project, by its number.
    Module(usize),
    Function(Rc<Function>),
    /// A function bound to its first argument.
    Method(Rc<Function>, Box<PyValue>),
    Class(usize),
    Object(usize),
    /// `super()` in a method of that class, with its `self`.
    Super(usize, Box<PyValue>),
    Parser(usize),
    Group(Group),
    /// A method of a parser or a group, taken but not called: `add = parser.add_argument`.
    ParserMethod(Box<PyValue>, Rc<str>),
    /// What `add_subparsers` gives, by its parser's number.
    Subparsers(usize),
    /// Only the script can work it out.
    Unknown,
}

/// An argument group of a parser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub parser: usize,
    pub title: Option<Rc<str>>,
    /// The number of the mutually exclusive group it is.
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

/// Parts that a value may have, counted as often as they occur: lists that share lists
/// would otherwise grow without end.
const SIZE_LIMIT: usize = 10_000;

fn is_small(items: &[PyValue]) -> bool {
    let mut room = SIZE_LIMIT;
    items.iter().all(|item| item.fits(&mut room))
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
        let mut room = SIZE_LIMIT;
        let fits = items.iter().all(|(key, value)| key.fits(&mut room) && value.fits(&mut room));
        if fits { Self::Dict(Rc::new(items)) } else { Self::Unknown }
    }

    /// Takes the room of everything in it; false when there is not enough.
    fn fits(&self, room: &mut usize) -> bool {
        let own = match self {
            Self::Str(text) | Self::Path(text) => 1 + text.len() / 32,
            _ => 1,
        };
        let Some(left) = room.checked_sub(own) else { return false };
        *room = left;
        match self {
            Self::List(items) | Self::Tuple(items) => items.iter().all(|item| item.fits(room)),
            Self::Dict(items) => {
                items.iter().all(|(key, value)| key.fits(room) && value.fits(room))
            }
            _ => true,
        }
    }

    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// Whether it is something that code acts on, and not plain data.
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

    /// Python's truth; `None` where it cannot be known.
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

    /// What a `for` over it gives; a dict gives its keys.
    pub(crate) fn items(&self) -> Option<Vec<Self>> {
        match self {
            Self::List(items) | Self::Tuple(items) => Some(items.to_vec()),
            Self::Dict(items) => Some(items.iter().map(|(key, _)| key.clone()).collect()),
            Self::Str(text) => Some(text.chars().map(|c| Self::str(c.to_string())).collect()),
            _ => None,
        }
    }
}
