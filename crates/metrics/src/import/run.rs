//! One run of another tracker.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use common::TaskStatus;
use common::metric::Aggregate;
use common::runs::ImportKind;

use super::mlflow_metrics::MetricFiles;
use crate::RunData;
use crate::tensorboard::{EventFiles, event_files};
use store::Result;

/// What is known of it without its points.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Meta {
    pub status: TaskStatus,
    /// What its own tracker calls it, where that is not its folder.
    pub notes: String,
    /// Local times; empty where they are not known.
    pub started: String,
    pub finished: String,
    pub duration_s: Option<f64>,
    pub params: BTreeMap<String, String>,
    pub tags: Vec<String>,
}

/// A run in an imported folder.
#[derive(Debug)]
pub struct ImportedRun {
    /// `@<import>/<run>`.
    pub task: String,
    /// Format of the files.
    pub kind: ImportKind,
    /// Folder of the run.
    pub folder: PathBuf,
    /// Status, times, parameters and tags of the run.
    pub meta: Meta,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    data: RunData,
    events: EventFiles,
    mlflow: MetricFiles,
    is_read: bool,
}

/// The points of a run, as long as somebody looks.
pub(crate) struct Points<'a>(MutexGuard<'a, Held>);

impl std::ops::Deref for Points<'_> {
    type Target = RunData;

    fn deref(&self) -> &RunData {
        &self.0.data
    }
}

impl ImportedRun {
    /// A run whose points are not read yet.
    #[must_use]
    pub fn new(task: String, kind: ImportKind, folder: PathBuf, meta: Meta) -> Self {
        Self { task, kind, folder, meta, held: Mutex::default() }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its points as of now.
    ///
    /// # Errors
    /// When its files cannot be read.
    pub(crate) fn data(&self) -> Result<Points<'_>> {
        let mut held = self.held();
        if !held.is_read {
            *held = Held { data: RunData::new(true), is_read: true, ..Held::default() };
        }
        let Held { data, events, mlflow, .. } = &mut *held;
        match self.kind {
            ImportKind::Tensorboard => {
                let mut files = Vec::new();
                event_files(&self.folder, 0, &[], &mut files);
                // The names of event files begin with the time of their making.
                files.sort();
                if !events.goes_on(&files) {
                    (*events, *data) = (EventFiles::default(), RunData::new(true));
                }
                events.read_into(&files, data)?;
            }
            ImportKind::Mlflow => mlflow.read(&self.folder, data)?,
        }
        Ok(Points(held))
    }

    /// What a search looks at, lower case.
    pub fn search_text(&self) -> String {
        let params = self.meta.params.iter().map(|(key, value)| format!("{key}: {value}"));
        let mut lines = vec![self.task.clone(), self.meta.notes.clone()];
        lines.extend(params);
        lines.join("\n").to_lowercase()
    }

    /// Its figures.
    pub fn aggregates(&self) -> BTreeMap<String, Aggregate> {
        self.data().map(|data| data.aggregates()).unwrap_or_default()
    }

    /// What it takes in memory.
    pub fn bytes(&self) -> usize {
        self.held().data.bytes()
    }

    /// Lets go of its points; they are read again when somebody asks.
    pub fn let_go(&self) {
        *self.held() = Held::default();
    }
}
