//! Runs of other trackers, read where they are and never changed: event files of TensorBoard, and folders
//! `mlruns` of MLflow.

mod folders;
mod mlflow;
mod mlflow_metrics;
mod run;
mod tensorboard;

pub use folders::{Folder, Imports, change, checked_name, look};
pub use run::ImportedRun;
