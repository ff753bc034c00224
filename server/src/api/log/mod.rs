//! Logs of runs.

pub(crate) mod read;
