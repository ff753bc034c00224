//! The language of filters: `lr < 0.01 and status = completed and metrics.acc.max > 0.9`.
//!
//! ```text
//! any      := all ("or" all)*
//! all      := one (["and"] one)*
//! one      := "not" one | "(" any ")" | "has" name | test | text
//! test     := name operator value (operator value)*
//!           | name ["not"] "in" "(" value ("," value)* ")"
//!           | name "is" ["not"] ("missing" | "nan" | "inf" | "finite")
//! operator := "<" | "<=" | ">" | ">=" | "=" | "!=" | "~" | "!~"
//! ```
//!
//! `~` tests whether a text is contained. A text alone must occur somewhere in the task. Values are
//! numbers (also `10m`, `1 h 30 min`, `2GiB`), texts with or without quotes, `true`, `false`, or
//! another column by its full name. Names with blanks or symbols are written in backticks.
//!
//! Pure and small, so that a page can check the text while the user types; the caller knows which
//! columns exist.

mod error;
mod eval;
mod expr;
mod fit;
mod operator;
mod parse;
mod token;
mod value;
mod write;

#[cfg(test)]
mod tests;

pub use error::{Expected, Found, ListWord, Problem, QueryError, Span, ValueKind};
pub use eval::Row;
pub use expr::{Expr, Name, NumberClass, Query};
pub use operator::Operator;
pub use value::Literal;
