//! The engine: workspaces on disk, the queue, runs, logs and metrics. It knows no HTTP.
//!
//! [`Engine`] is the one entrance. Each of its verbs lives in a file of that name and
//! returns the type of `common` that crosses the wire.

#![deny(unsafe_code)]

mod access;
pub mod argparse;
pub mod argv;
mod clock;
mod disk;
mod engine;
mod error;
mod event;
mod failure;
#[cfg(test)]
mod fuzz;
mod generator;
mod gpu;
mod import;
mod index;
mod interpreter;
mod launch;
mod launcher;
mod log;
mod metric;
mod parquet;
mod provenance;
mod python_module;
mod runs_table;
mod schedule;
mod supervise;
mod system;
mod task;
mod tensorboard;
mod track_store;
mod watch;
mod workspace;

pub use access::{Token, project_token};
pub use engine::{Engine, Options, Pick};
pub use error::{Error, Result};
pub use event::Subscription;
pub use gpu::{GpuInventory, gpus_of_this_machine};
pub use log::{LogFile, LogFollower, LogStart, ReadySearch, SearchClient};
pub use metric::{ExportFormat, RunExport};
pub use provenance::{Subject, take_snapshot};
pub use runs_table::TableFormat;
pub use supervise::supervise;
pub use workspace::workspace_root;
