//! Imports runs of other trackers without changing their files: event files of TensorBoard, and
//! `mlruns` folders of MLflow.

mod folders;
mod mlflow;
mod mlflow_metrics;
mod run;
mod tensorboard;

pub use folders::{Folder, Imports, change, checked_name, scan_folder};
pub use run::ImportedRun;
