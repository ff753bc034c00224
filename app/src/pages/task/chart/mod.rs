//! The curves of a task, one chart a key.

mod panel;

pub(crate) use panel::{ChartPanel, SmallCharts};
