//! Tasks, one by one and many at once.

pub(crate) mod cancel;
pub(crate) mod delete_batch;
pub(crate) mod duplicate;
pub(crate) mod env;
pub(crate) mod export_csv;
pub(crate) mod get;
pub(crate) mod hold;
pub(crate) mod kept_file;
pub(crate) mod list;
pub(crate) mod notes;
pub(crate) mod options;
pub(crate) mod pin;
pub(crate) mod provenance;
pub(crate) mod rename;
pub(crate) mod reorder;
pub(crate) mod restore_inputs;
pub(crate) mod run;
pub(crate) mod run_batch;
pub(crate) mod tags;
