//! Curves, and what else runs report.

pub(crate) mod export;
pub(crate) mod file;
pub(crate) mod outputs;
pub(crate) mod read;
pub(crate) mod series;
