//! The machine that everything runs on.

mod disk;
mod disk_usage;
mod metrics;

pub(crate) use disk::disk_of;
pub(crate) use metrics::SystemProbe;
