//! The log viewer: loading, streaming, layout, search and display of a task's log.

mod address;
mod block;
mod display_options;
mod error_line;
mod fetch_lines;
mod find;
mod find_bar;
mod follow;
mod hits;
mod input_bar;
mod line_range;
mod line_view;
mod mark;
mod minimap;
mod pane;
mod pattern;
mod screen;
mod session;
mod state;
mod store;
mod stream;
mod stream_position;
mod time_text;
mod toolbar;
mod width;

pub(super) use address::run_of;
pub(super) use fetch_lines::fetch_lines;
pub(super) use line_range::hash;
pub(crate) use pane::LogPane;
