//! The grid of a batch: axes across and down, each cell with the status and result of its runs.

mod api;
mod extend;
mod matrix;
mod matrix_view;
mod panel;

pub(crate) use panel::GridPanel;
