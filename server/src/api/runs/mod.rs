//! The table of runs.

pub(crate) mod columns;
pub(crate) mod diff;
pub(crate) mod export;
pub(crate) mod list;
mod params;
pub(crate) mod query;

pub(crate) use params::RunsParams;
