//! The batch grammar: parameters whose values represent several tasks.
//!
//! ```text
//! value        = zip | product | range | sample | literal
//! product      = alternative "|" alternative { "|" alternative }
//! zip          = "(" alternative "|" alternative { "|" alternative } ")"
//! range        = number ":" number [ ":" number ]        the stop is included
//! sample       = "~" name "(" arguments ")" [ "×" count ]       see `docs/batch.md`
//! alternative  = quoted | one YAML value without a free "|"
//! ```
//!
//! Text is parsed via typed tokens and a syntax tree to a lazy [`Grid`], which can be counted
//! without being expanded. The server and the browser run the same code.

mod axis;
mod cell;
mod condition;
mod condition_token;
mod decimal;
mod error;
mod expr;
mod extend;
mod fingerprint;
mod grid;
mod hash;
mod literal;
mod names;
mod param;
mod preview;
mod quotes;
mod random;
mod range;
mod sample;
mod sampled;
mod structure;
mod token;
mod types;
mod values;

pub use axis::{Axis, AxisKind};
pub use cell::{Cell, cell};
pub use error::BatchError;
pub use extend::{Extension, extend};
pub use fingerprint::{GridFingerprints, fingerprint};
pub use grid::{Grid, batch_key, has_batch_syntax};
pub use literal::{literal, protect};
pub use names::{NamePattern, is_pattern};
pub(crate) use param::{each_leaf, put, value_at};
pub use types::{TypeMismatch, check_types, type_name};

#[cfg(test)]
mod tests;
