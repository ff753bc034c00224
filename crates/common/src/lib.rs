#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod ansi;
pub mod argument;
pub mod batch;
pub mod batches;
pub mod csv;
pub mod downsample;
pub mod error;
pub mod failure;
pub mod form;
pub mod generator;
pub mod json_tree;
pub mod launcher;
pub mod line_diff;
pub mod live;
pub mod log;
pub mod message;
pub mod metric;
pub mod name;
pub mod natural;
pub mod number;
pub mod options;
pub mod page;
pub mod provenance;
pub mod query;
pub mod runs;
pub mod secret;
pub mod selection;
pub mod settings;
pub mod shell;
pub mod stats;
pub mod status;
pub mod system;
pub mod table_text;
pub mod task;
pub mod timestamp;
pub mod workspace;
pub mod yaml;

pub use error::{ApiError, Detail, FieldError};
pub use name::{BatchName, NameError, TaskName, WorkspaceName};
pub use status::{TaskKind, TaskStatus};
pub use task::Task;
