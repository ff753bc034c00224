//! The Monitor: what runs now, its log and its curves side by side.

mod log;
mod page_view;
mod task_list;

pub(crate) use log::LogPane;
pub use page_view::MonitorPage;
