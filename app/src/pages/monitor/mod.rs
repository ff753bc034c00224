//! The Monitor: what runs now, its log and its curves side by side.

mod api;
mod batches;
mod filter;
mod found_line;
mod log;
mod page_view;
mod panes;
mod search_panel;
mod task_item;
mod task_list;

pub(crate) use log::LogPane;
pub use page_view::MonitorPage;
