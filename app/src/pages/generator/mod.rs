//! The Generator: creates a batch of tasks from a script's parameters, with a live preview.
//!
//! `?template=` is the template, `?mode=` the editing mode, `?q=` and `?changed=` filter the
//! fields, and `?rows=all` shows every task that would be created. `?run=` and
//! `?diff=` expand the run settings and the differences from the template.

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
