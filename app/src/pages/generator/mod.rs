//! The Generator: from a script's parameters to a batch of tasks, counted while it is typed.
//!
//! `?template=` names what is started from and `?mode=` how it is edited.

mod api;
mod batch_panel;
mod code_editor;
mod control;
mod create;
mod draft;
mod field;
mod form;
mod page_view;
mod plan;
mod preview;
mod setup;
mod toolbar;
mod work;

pub use page_view::GeneratorPage;
