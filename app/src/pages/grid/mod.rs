//! The grid of a batch: axes across and down, every cell a run with its state and a result.

mod api;
mod extend;
mod matrix;
mod matrix_view;
mod panel;

pub(crate) use panel::GridPanel;
