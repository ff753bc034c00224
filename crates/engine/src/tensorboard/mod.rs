//! What event files beside the tasks of a workspace tell, kept by a thread of their own.

mod figures;

pub(crate) use figures::{EventFigures, Which};
