//! A task's folder: its paths, its `task_info.json`, and the stored end of a run.

mod config;
pub mod file;
mod format;
mod info;
mod json_text;
mod outcome;
pub mod paths;
mod run_end;
pub mod scan;
mod state;
mod stored_end;

pub use info::{BatchPosition, Run, TaskInfo};
pub use outcome::RunOutcome;
pub use paths::TaskDir;
pub use run_end::RunEnd;
pub use state::{Attempt, InvalidTransition, Queued, TaskState, Transition};
pub use stored_end::StoredEnd;
