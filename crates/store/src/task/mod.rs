//! A task's folder: its paths, its `task_info.json`, and the end of a run that is kept beside it.

mod config;
pub mod file;
mod info;
mod json_text;
mod kept_end;
pub mod paths;
pub mod scan;

pub use info::{BatchPlace, Run, TaskInfo};
pub use kept_end::KeptEnd;
pub use paths::TaskDir;
