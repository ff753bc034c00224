//! The page of a task: parameters, runs, curves, log, notes.

mod actions;
pub(crate) mod api;
pub(crate) mod chart;
mod env;
mod env_draft;
mod header;
mod note_draft;
mod notes;
mod overview;
mod page_view;
mod rename;
mod runs;
mod state;
mod tab;

pub use page_view::TaskPage;
