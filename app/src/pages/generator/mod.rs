//! The Generator: from a script's parameters to a batch of tasks, counted while it is typed.
//!
//! `?template=` names what is started from, `?mode=` how it is edited, `?q=` and `?changed=` which
//! fields are in sight, and `?rows=all` shows every task that would be created. `?run=` and
//! `?diff=` unfold how the tasks run and what differs from the template.

mod api;
mod batch_panel;
mod code_editor;
mod control;
mod create;
mod difference;
mod draft;
mod duplicate_scan;
mod duplicates;
mod field;
mod field_filter;
mod find_template;
mod fold;
mod form;
mod mode;
mod page_view;
mod pin;
mod plan;
mod rows;
mod run_panel;
mod run_settings;
mod setup;
mod state;
mod toolbar;
mod tree;
mod url;

pub use page_view::GeneratorPage;
