//! Models the parsers that a script builds: their creation, arguments, groups and defaults.

mod add_argument;
mod argument_default;
mod argument_fields;
mod create;
mod method;
mod model;

pub(super) use model::{ParserModel, ParserUsage};
