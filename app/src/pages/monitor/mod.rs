//! The Monitor: running tasks, their logs and their curves.

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
