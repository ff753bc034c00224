//! The machine.

pub(crate) mod metrics;
