//! Tasks that were created together.

pub(crate) mod extend;
pub(crate) mod list;
pub(crate) mod rerun;
