//! Views of the table that are kept by name.

pub(crate) mod delete;
pub(crate) mod list;
pub(crate) mod save;
