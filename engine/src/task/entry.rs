//! A task as the index in memory holds it.

use std::fs;

use common::TaskKind;
use serde_json::{Map, Value};

use super::{TaskDir, TaskInfo, store};
use crate::Error;
use crate::disk::Stamp;

/// A task's files as last read, without the heavy tracks.
#[derive(Debug, Clone)]
pub(crate) struct TaskEntry {
    pub(crate) dir: TaskDir,
    pub(crate) info: TaskInfo,
    pub(crate) stamp: Stamp,
    /// The parameters; empty for shell tasks.
    pub(crate) config: Map<String, Value>,
    /// What a search looks at, lower case.
    pub(crate) search_text: String,
    pub(crate) preview_text: String,
    /// Why the files could not be read, if so.
    pub(crate) load_error: Option<String>,
    /// Why it waits, as the scheduler last said.
    pub(crate) wait_reason: Option<String>,
}

impl TaskEntry {
    /// Reads a task's folder. Nonsense in its files makes an entry that says so, never an error.
    pub(crate) fn load(dir: TaskDir) -> Self {
        let (mut info, stamp, mut load_error) = match store::read(&dir) {
            Ok((info, stamp)) => (info, stamp, None),
            Err(error) => {
                let info = TaskInfo { name: dir.name(), ..TaskInfo::default() };
                (info, Stamp::of(&dir.info()).unwrap_or_default(), Some(error.to_string()))
            }
        };
        for run in &mut info.runs {
            run.track = Map::new();
        }
        let text = config_text(&dir, info.task_kind);
        let config = match (info.task_kind, &text) {
            (TaskKind::Python, Ok(text)) => parse_config(text, &mut load_error),
            _ => Map::new(),
        };
        if let Err(error) = &text {
            load_error.get_or_insert_with(|| error.to_string());
        }
        let text = text.unwrap_or_default();
        let mut entry = Self {
            dir,
            stamp,
            config,
            search_text: String::new(),
            preview_text: String::new(),
            load_error,
            wait_reason: None,
            info,
        };
        entry.preview_text = super::view::preview_text(&entry, &text);
        entry.search_text = super::search::search_text(&entry, &text);
        entry
    }

    /// The same entry with a newer task file; the config of a task never changes.
    pub(crate) fn with_info(&self, mut info: TaskInfo, stamp: Stamp) -> Self {
        for run in &mut info.runs {
            run.track = Map::new();
        }
        let notes_changed = info.notes != self.info.notes;
        let waits = info.status == common::TaskStatus::Queued;
        let wait_reason = self.wait_reason.clone().filter(|_| waits);
        let mut entry = Self { info, stamp, load_error: None, wait_reason, ..self.clone() };
        if notes_changed || self.load_error.is_some() {
            entry = Self { wait_reason: entry.wait_reason.clone(), ..Self::load(entry.dir) };
        }
        entry
    }
}

/// The text of the task's config file.
pub(crate) fn config_text(dir: &TaskDir, kind: TaskKind) -> Result<String, Error> {
    let path = dir.config(kind.config_file());
    match fs::read(&path) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => Err(Error::io("reading", &path)(error)),
    }
}

fn parse_config(text: &str, load_error: &mut Option<String>) -> Map<String, Value> {
    match common::yaml::parse_mapping(text) {
        Ok(mapping) => match common::yaml::to_json(&mapping.into()) {
            Value::Object(map) => map,
            _ => Map::new(),
        },
        Err(error) => {
            load_error.get_or_insert_with(|| format!("config.yaml: {error}"));
            Map::new()
        }
    }
}
