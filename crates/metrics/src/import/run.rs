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

/// Everything about it except its points.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Meta {
    pub status: TaskStatus,
    /// Its name in its own tracker, if that differs from its folder.
    pub notes: String,
    /// Local times; empty if unknown.
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
    cached: Mutex<CachedPoints>,
}

#[derive(Debug, Default)]
struct CachedPoints {
    data: RunData,
    events: EventFiles,
    mlflow: MetricFiles,
    is_read: bool,
}

/// A lock guard for the points of a run.
pub(crate) struct PointsGuard<'a>(MutexGuard<'a, CachedPoints>);

impl std::ops::Deref for PointsGuard<'_> {
    type Target = RunData;

    fn deref(&self) -> &RunData {
        &self.0.data
    }
}

impl ImportedRun {
    /// A run whose points are not read yet.
    #[must_use]
    pub fn new(task: String, kind: ImportKind, folder: PathBuf, meta: Meta) -> Self {
        Self { task, kind, folder, meta, cached: Mutex::default() }
    }

    fn cached(&self) -> MutexGuard<'_, CachedPoints> {
        self.cached.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its points, updated from its files.
    ///
    /// # Errors
    /// When its files cannot be read.
    pub(crate) fn data(&self) -> Result<PointsGuard<'_>> {
        let mut cached = self.cached();
        if !cached.is_read {
            *cached =
                CachedPoints { data: RunData::new(true), is_read: true, ..CachedPoints::default() };
        }
        let CachedPoints { data, events, mlflow, .. } = &mut *cached;
        match self.kind {
            ImportKind::Tensorboard => {
                let mut files = Vec::new();
                event_files(&self.folder, 0, &[], &mut files);
                // The names of event files start with their creation time, so that sorting orders
                // them by time.
                files.sort();
                if !events.can_continue(&files) {
                    (*events, *data) = (EventFiles::default(), RunData::new(true));
                }
                events.read_into(&files, data)?;
            }
            ImportKind::Mlflow => mlflow.read(&self.folder, data)?,
        }
        Ok(PointsGuard(cached))
    }

    /// The text that a search matches, in lower case.
    pub fn search_text(&self) -> String {
        let params = self.meta.params.iter().map(|(key, value)| format!("{key}: {value}"));
        let mut lines = vec![self.task.clone(), self.meta.notes.clone()];
        lines.extend(params);
        lines.join("\n").to_lowercase()
    }

    /// Its statistics.
    pub fn aggregates(&self) -> BTreeMap<String, Aggregate> {
        self.data().map(|data| data.aggregates()).unwrap_or_default()
    }

    /// Memory usage in bytes.
    pub fn bytes(&self) -> usize {
        self.cached().data.bytes()
    }

    /// Drops its points; they are read again when they are requested.
    pub fn evict(&self) {
        *self.cached() = CachedPoints::default();
    }
}
