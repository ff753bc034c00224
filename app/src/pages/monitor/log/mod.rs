//! A log in the browser: what is loaded, where it stands, what is in view, how it grows.

mod buffer;
mod find_bar;
mod follow;
mod layout;
mod line;
mod mark;
mod pane;
mod row;
mod screen;
mod search;
mod session;
mod state;
mod stream;
mod toolbar;

pub(crate) use pane::LogPane;
