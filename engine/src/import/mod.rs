//! Runs of other trackers, read where they are and never changed: event files of TensorBoard, and folders
//! `mlruns` of MLflow.

mod folders;
mod list;
mod mlflow;
mod run;
mod tensorboard;

pub(crate) use folders::Imports;
pub(crate) use run::ImportedRun;
