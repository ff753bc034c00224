//! The machine's figures.

mod gpu;
mod metrics;

pub(crate) use metrics::SystemProbe;
