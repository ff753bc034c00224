//! Builds the command line of a run from a config.

mod build;
mod default;
mod flag;
mod number;
mod option;
mod positional;
mod push_one;
mod switch;
mod value_text;

pub use build::build;
