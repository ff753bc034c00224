//! The curves of a task, one chart per key.

mod panel;

pub(crate) use panel::{ChartPanel, SmallCharts};
