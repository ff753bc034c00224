//! The machine.

pub(crate) mod disk;
pub(crate) mod metrics;
