//! The table of runs: choose, order, resize and pin columns, sort, filter, group, copy, keep as a
//! view. In the Manager, and on Compare.

pub(crate) mod api;
mod bar;
mod cell;
mod cell_menu;
mod choose;
mod column_menu;
mod copy;
mod dimension;
mod fetch;
mod head;
mod panel;
mod row;
mod rows;
mod scale;
mod sight;
mod state;
mod view;
mod views;

pub(crate) use dimension::{Dimension, Scale, dimensions, main_result};
pub(crate) use panel::RunsPanel;
pub(crate) use scale::{fraction, tint};
