//! The Manager: all tasks of a workspace, to find, compare, run, cancel and delete.

pub(crate) mod api;
mod bulk_bar;
mod cards;
mod cell;
mod confirm_delete;
mod displayed;
mod filter_bar;
mod hold;
mod keyboard;
mod list_element;
mod listed;
mod listing;
mod page_view;
mod pager;
mod row;
mod runs;
mod selection;
mod shortcut;
mod state;
mod table;
mod view;
mod workers;

pub use page_view::ManagerPage;
