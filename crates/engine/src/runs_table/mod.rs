//! The runs table: one row per run, one column per known value.
//!
//! The table is stored in memory by columns and refreshed from the index. An unchanged task costs one comparison of
//! pointers. Only the journals of running tasks are read from disk.

mod cached;
mod export;
mod group;
mod page;
mod rank_parameters;
mod row;
mod scope;
mod select;
mod table;
mod views;

pub(crate) use cached::RunsTable;
pub use export::TableFormat;
