//! A small evaluator for the part of Python that builds parsers.
//!
//! It walks a module as Python would, knows plain data, functions, classes and imports
//! inside the project, and gives [`value::PyValue::Unknown`] for everything else. It
//! never touches anything but source files, and it always ends: every step costs fuel.

mod assign;
mod branch;
mod builtin;
mod call;
pub(super) mod call_arguments;
mod class;
mod comprehension;
mod expr;
mod function;
mod import;
mod index;
pub(super) mod interpreter;
mod json;
mod method;
mod operator;
mod repeat;
mod stmt;
mod template;
pub(super) mod text;
pub(super) mod value;
