//! An evaluator for the subset of Python that builds parsers.
//!
//! It executes a module like Python does, supports plain data, functions, classes and imports
//! inside the project, and returns [`value::PyValue::Unknown`] for everything else. It reads only
//! source files, and it always terminates: the number of steps is limited.

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
