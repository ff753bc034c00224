//! What a script does to its parsers: creating them, adding arguments, groups, defaults.

mod add_argument;
mod argument_default;
mod argument_fields;
mod create;
mod method;
mod model;

pub(super) use model::{Parsed, ParserModel};
