//! What a new batch may start from.

pub(crate) mod content;
pub(crate) mod list;
