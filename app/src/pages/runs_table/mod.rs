//! The table of runs: select, order, resize and pin columns, sort, filter, group, copy, save
//! views. Used by the Manager and by Compare.

pub(crate) mod api;
mod bar;
mod cell;
mod cell_menu;
mod column_menu;
mod column_set;
mod copy;
mod dimension;
mod fetch;
mod header;
mod panel;
mod row;
mod rows;
mod scale;
mod state;
mod view;
mod viewport;
mod views;

pub(crate) use dimension::{Dimension, Scale, dimensions, main_result};
pub(crate) use panel::RunsPanel;
pub(crate) use scale::{fraction, tint};
