//! The machine: CPU, memory, GPUs and disk.

mod disk;
mod disk_space;
mod disk_usage;
mod metrics;
mod probe;

pub(crate) use disk_space::disk_of;
pub(crate) use probe::SystemProbe;
