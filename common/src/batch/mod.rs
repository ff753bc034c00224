//! The batch grammar: parameters whose values stand for several tasks.
//!
//! ```text
//! value        = zip | product | range | literal
//! product      = alternative "|" alternative { "|" alternative }
//! zip          = "(" alternative "|" alternative { "|" alternative } ")"
//! range        = number ":" number [ ":" number ]        the stop is included
//! alternative  = quoted | one YAML value without a free "|"
//! ```
//!
//! Text goes through typed tokens and a syntax tree to a lazy [`Grid`]. Nothing is expanded to be
//! counted. The server and the browser run this same code.

mod cell;
mod decimal;
mod error;
mod expr;
mod grid;
mod literal;
mod param;
mod preview;
mod range;
mod structure;
mod token;
mod types;
mod values;

pub use cell::{Cell, cell};
pub use error::BatchError;
pub use grid::{Axis, Grid, has_batch_syntax};
pub use literal::{literal, protect};
pub(crate) use param::{each_leaf, look_up, put};
pub use types::{TypeMismatch, check_types, type_name};

#[cfg(test)]
mod tests;
