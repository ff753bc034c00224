//! What was deleted.

pub(crate) mod list;
pub(crate) mod purge;
pub(crate) mod restore;
