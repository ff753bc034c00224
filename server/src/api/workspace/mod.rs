//! The workspace, its settings and its dashboard.

pub(crate) mod dashboard;
pub(crate) mod get;
pub(crate) mod run_root;
pub(crate) mod settings;
pub(crate) mod shell;
