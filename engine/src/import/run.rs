//! One run of another tracker.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use common::TaskStatus;
use common::metric::Aggregate;
use common::runs::ImportKind;

use super::mlflow;
use crate::Result;
use crate::metric::RunData;
use crate::tensorboard::{EventFiles, event_files};

/// What is known of it without its points.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Meta {
    pub(crate) status: TaskStatus,
    /// What its own tracker calls it, where that is not its folder.
    pub(crate) notes: String,
    /// Local times; empty where they are not known.
    pub(crate) started: String,
    pub(crate) finished: String,
    pub(crate) duration_s: Option<f64>,
    pub(crate) params: BTreeMap<String, String>,
    pub(crate) tags: Vec<String>,
}

/// A run in an imported folder.
#[derive(Debug)]
pub(crate) struct ImportedRun {
    /// `@<import>/<run>`.
    pub(crate) task: String,
    pub(crate) kind: ImportKind,
    pub(crate) folder: PathBuf,
    pub(crate) meta: Meta,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    data: RunData,
    events: EventFiles,
    mlflow: mlflow::Seen,
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
    pub(super) fn new(task: String, kind: ImportKind, folder: PathBuf, meta: Meta) -> Self {
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
    pub(crate) fn search_text(&self) -> String {
        let params = self.meta.params.iter().map(|(key, value)| format!("{key}: {value}"));
        let mut lines = vec![self.task.clone(), self.meta.notes.clone()];
        lines.extend(params);
        lines.join("\n").to_lowercase()
    }

    /// Its figures.
    pub(crate) fn aggregates(&self) -> BTreeMap<String, Aggregate> {
        self.data().map(|data| data.aggregates()).unwrap_or_default()
    }

    /// What it takes in memory.
    pub(super) fn bytes(&self) -> usize {
        self.held().data.bytes()
    }

    /// Lets go of its points; they are read again when somebody asks.
    pub(super) fn let_go(&self) {
        *self.held() = Held::default();
    }
}
