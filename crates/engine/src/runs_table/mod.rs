//! The table of runs: a row a run, a column for whatever is known of it.
//!
//! Kept in memory column by column, from the index: a task that has not changed costs a comparison of
//! two pointers. Answers come from there alone, but for what runs that go have reported since.

mod cached;
mod export;
mod group;
mod page;
mod row;
mod scope;
mod select;
mod table;
mod views;

pub(crate) use cached::RunsTable;
pub use export::TableFormat;
