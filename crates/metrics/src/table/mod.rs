//! The columns of a table of runs: their values, names and statistics, and their types in a Parquet file.

mod columns;
pub mod names;
pub mod stats;
pub mod typed;

pub use columns::{Columns, Place, Values, fixed_kind};
pub use names::Named;
pub use stats::Distinct;
