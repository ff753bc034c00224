//! One task: what it runs, how its runs went, its curves, its log, its notes.

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
