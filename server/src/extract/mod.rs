//! Reading requests, with refusals in the one shape that clients know.

mod body;
mod field;
mod picked;
mod query;
mod task_path;

pub(crate) use body::{Body, OptionalBody};
pub(crate) use picked::Picked;
pub(crate) use query::Query;
pub(crate) use task_path::TaskPath;
