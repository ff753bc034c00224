//! The columns of a table of runs: their values, names and statistics, and their types in a Parquet file.

mod columns;
pub mod names;
pub mod stats;
pub mod typed;

pub use columns::{ColumnPosition, ColumnValues, TableColumns, fixed_kind};
pub use names::NamedColumn;
pub use stats::Distinct;
