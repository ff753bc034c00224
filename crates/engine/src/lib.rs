#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

mod access;
mod engine;
mod event;
#[cfg(test)]
mod fuzz;
mod generator;
mod import;
mod index;
mod launch;
mod log;
mod metric;
mod open_project;
mod provenance;
mod runs_table;
mod schedule;
mod script_browser;
mod system;
mod task;
mod tensorboard;
mod watch;
mod workspace;

pub use access::{Token, project_token};
pub use engine::{Engine, Options, WorkspaceSelector};
pub use event::Subscription;
pub use log::LogFollower;
pub use runs_table::TableFormat;
pub use schedule::queue_is_served;
pub use task::{requested_batch, requested_name};
pub use workspace::workspace_root;

pub use logs::{LogFile, LogStart, ReadySearch, SearchClient};
pub use metrics::{ExportFormat, RunExport};
pub use script::interpreter::python;
pub use script::shell_runtime;
pub use store::disk::write_atomic;
pub use store::{Error, Result};
pub use supervisor::gpu::{GpuInventory, gpus_of_this_machine};
pub use supervisor::provenance::{Subject, take_snapshot};
pub use supervisor::supervise;
