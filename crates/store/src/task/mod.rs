//! A task's folder: its paths, its `task_info.json`, and the end of a run that is kept beside it.

mod config;
pub mod file;
mod format;
mod info;
mod json_text;
mod kept_end;
mod outcome;
pub mod paths;
mod run_end;
pub mod scan;
mod state;

pub use info::{BatchPlace, Run, TaskInfo};
pub use kept_end::KeptEnd;
pub use outcome::RunOutcome;
pub use paths::TaskDir;
pub use run_end::RunEnd;
pub use state::{Attempt, InvalidTransition, Queued, TaskState, Transition};
