#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

mod columns;
mod curve;
mod delta;
mod export;
mod fold;
pub mod import;
mod line;
mod metric_store;
mod outputs;
mod overview;
mod parquet;
mod run_data;
mod series;
mod sidecar;
mod source;
mod stream;
pub mod table;
mod tail;
pub mod tensorboard;
pub mod track_store;

pub use delta::{JournalTails, JournalUpdate};
pub use export::{ExportFormat, RunExport};
pub use fold::{Folded, fold_at_end, fold_so_far};
pub use metric_store::{MetricStore, Need, RunSource};
pub use outputs::{output_file, outputs};
pub(crate) use run_data::RunData;
pub use series::{RequestedRun, RequestedSource, series, task_metrics};
pub use source::{run_index_of, spans_of};
