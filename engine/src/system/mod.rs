//! The machine's figures.

mod metrics;

pub(crate) use metrics::SystemProbe;
