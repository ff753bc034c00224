//! The curves of a task, one chart a key.

mod align;
mod card;
mod panel;

pub(crate) use panel::ChartPanel;
