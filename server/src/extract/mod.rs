//! Extractors of request parts, with errors in the API's format.

mod body;
mod field;
mod query;
mod selected_workspace;
mod task_path;

pub(crate) use body::{Body, OptionalBody};
pub(crate) use query::Query;
pub(crate) use selected_workspace::SelectedWorkspace;
pub(crate) use task_path::TaskPath;
