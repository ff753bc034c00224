//! From parameters to tasks.

pub(crate) mod create;
pub(crate) mod preview;
