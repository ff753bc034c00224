//! A task as the in-memory index stores it.

use common::metric::RunProgress;
use common::{TaskKind, TaskName, TaskStatus};
use serde_json::{Map, Value};

use super::serialized::Serialized;
use super::summary::TaskSummary;
use metrics::track_store;
use store::disk::Stamp;
use store::task::file::{self, Stored};
use store::task::{Run, TaskDir, TaskInfo};

/// A task's files as last read, without the points of its curves.
#[derive(Debug, Clone)]
pub(crate) struct TaskEntry {
    pub(crate) dir: TaskDir,
    pub(crate) summary: TaskSummary,
    /// The complete file, deserialized when more than the summary is needed.
    pub(crate) info: Serialized<TaskInfo>,
    pub(crate) stamp: Stamp,
    /// Stamp of the config file; all zero if there is none.
    pub(crate) config_stamp: Stamp,
    /// Stamp of `tracks.sqlite3`; `None` if the task's file does not refer to one.
    pub(crate) tracks_stamp: Option<Stamp>,
    /// The parameters; empty for shell tasks.
    pub(crate) config: Serialized<Map<String, Value>>,
    /// The text that searches match, in lower case.
    pub(crate) search_text: Box<str>,
    /// The first command of a shell script, for previews; empty for Python tasks.
    pub(crate) script_line: Box<str>,
    /// Why the files could not be read.
    pub(crate) load_error: Option<Box<str>>,
    /// The newest run has ended, but the end is not yet written to the task's file.
    pub(crate) has_stored_end: bool,
    /// Why the task is waiting, as last determined by the scheduler.
    pub(crate) wait_reason: Option<Box<str>>,
    /// The progress that a running task last reported.
    pub(crate) progress: Option<RunProgress>,
}

impl TaskEntry {
    /// Reads a task's folder. If a file is malformed, the entry has a `load_error`.
    pub(crate) fn load(dir: TaskDir) -> Self {
        let config_stamp = config_stamp(&dir);
        let (Stored { mut info, stamp, has_stored_end }, error) = match file::read_with_end(&dir) {
            Ok(stored) => (stored, None),
            Err(error) => {
                let info = TaskInfo::named(dir.name().as_str());
                let stamp = Stamp::of(&dir.info()).unwrap_or_default();
                (Stored { info, stamp, has_stored_end: false }, Some(error))
            }
        };
        let (tracks_stamp, no_tracks) = add_tracks(&dir, &mut info);
        let (text, unreadable) = match dir.config_text(info.task_kind) {
            Ok(text) => (text, None),
            Err(error) => (String::new(), Some(error)),
        };
        let entry = Self::new(dir, info, &text);
        let load_error = error.or(unreadable).map(|error| error.to_string().into());
        let load_error = load_error.or_else(|| entry.load_error.clone()).or(no_tracks);
        Self { stamp, config_stamp, tracks_stamp, load_error, has_stored_end, ..entry }
    }

    /// Creates an entry from the contents of the task's file and config.
    pub(crate) fn new(dir: TaskDir, mut info: TaskInfo, config_text: &str) -> Self {
        let mut load_error = None;
        info.runs.iter_mut().for_each(Run::without_curves);
        let (config, script_line) = match info.task_kind {
            TaskKind::Python => (parse_config(config_text, &mut load_error), String::new()),
            TaskKind::Shell => (Map::new(), super::preview_text::of_script(config_text)),
        };
        Self {
            dir,
            summary: TaskSummary::from(&info),
            stamp: Stamp::default(),
            config_stamp: Stamp::default(),
            tracks_stamp: None,
            config: Serialized::new(&config),
            search_text: super::search_text::search_text(&info, &config, config_text).into(),
            script_line: script_line.into(),
            load_error,
            has_stored_end: false,
            wait_reason: None,
            progress: None,
            info: Serialized::new(&info),
        }
    }

    /// The task's name, which is the name of its folder.
    pub(crate) fn name(&self) -> &TaskName {
        self.dir.name()
    }

    /// A hash of the parameters.
    pub(crate) fn fingerprint(&self) -> u64 {
        common::batch::fingerprint(&self.config.deserialize())
    }

    /// A copy of the entry with a newer task file.
    pub(crate) fn with_info(&self, stored: Stored) -> Self {
        let Stored { mut info, stamp, has_stored_end } = stored;
        let texts = |info: &TaskInfo| (info.notes.clone(), info.tags.clone());
        if self.load_error.is_some() || texts(&info) != texts(&self.info.deserialize()) {
            let fresh = Self::load(self.dir.clone());
            let wait_reason = self.wait_reason.clone().filter(|_| fresh.is_queued());
            return Self { wait_reason, ..fresh };
        }
        let (tracks_stamp, load_error) = self.merge_tracks(&mut info);
        info.runs.iter_mut().for_each(Run::without_curves);
        let summary = TaskSummary::from(&info);
        let info = Serialized::new(&info);
        let entry =
            Self { summary, info, stamp, tracks_stamp, load_error, has_stored_end, ..self.clone() };
        let wait_reason = self.wait_reason.clone().filter(|_| entry.is_queued());
        let is_same_run = entry.summary.run_index == self.summary.run_index;
        let progress = self.progress.filter(|_| entry.is_running() && is_same_run);
        Self { wait_reason, progress, ..entry }
    }

    /// Whether both entries failed to load the same files with the same error.
    pub(crate) fn has_same_load_error(&self, other: &Self) -> bool {
        let files = |entry: &Self| (entry.stamp, entry.config_stamp, entry.tracks_stamp);
        self.load_error.is_some()
            && self.load_error == other.load_error
            && files(self) == files(other)
    }

    /// Whether `tracks.sqlite3` is unchanged since it was read.
    pub(crate) fn has_current_tracks(&self) -> bool {
        self.tracks_stamp.is_none_or(|read| read == track_store::stamp(&self.dir))
    }

    /// Adds the curves in `tracks.sqlite3` to a newer task file. If the database is unchanged, the known
    /// statistics are reused.
    fn merge_tracks(&self, info: &mut TaskInfo) -> (Option<Stamp>, Option<Box<str>>) {
        let known = self.info.deserialize();
        if !self.has_current_tracks() || !track_store::is_same(&known, info) {
            return add_tracks(&self.dir, info);
        }
        for (run, known) in info.runs.iter_mut().zip(known.runs) {
            for (key, statistics) in known.metrics {
                if !run.track.contains_key(&key) {
                    run.metrics.entry(key).or_insert(statistics);
                }
            }
        }
        (self.tracks_stamp, None)
    }

    /// Whether the task is running.
    pub(crate) fn is_running(&self) -> bool {
        self.summary.status == TaskStatus::Running
    }

    fn is_queued(&self) -> bool {
        self.summary.status == TaskStatus::Queued
    }
}

/// Adds the curves in `tracks.sqlite3` to a task's file if the file refers to them. Returns the database's
/// stamp, and the error if it could not be read.
fn add_tracks(dir: &TaskDir, info: &mut TaskInfo) -> (Option<Stamp>, Option<Box<str>>) {
    if !track_store::is_used_by(info) {
        return (None, None);
    }
    // The stamp is taken first, so that a change during the read is detected by the next scan.
    let stamp = track_store::stamp(dir);
    match track_store::merge_into(dir, info) {
        Ok(()) => (Some(stamp), None),
        Err(error) => {
            let stamp = if error.is_transient() { Stamp::NEVER } else { stamp };
            (Some(stamp), Some(error.to_string().into()))
        }
    }
}

/// The stamp of the config's file: the parameters of a Python task, or a shell script.
fn config_stamp(dir: &TaskDir) -> Stamp {
    let stamp = |kind: TaskKind| Stamp::of(&dir.config(kind.config_file()));
    stamp(TaskKind::Python).or_else(|| stamp(TaskKind::Shell)).unwrap_or_default()
}

fn parse_config(text: &str, load_error: &mut Option<Box<str>>) -> Map<String, Value> {
    match common::yaml::parse_mapping(text) {
        Ok(mapping) => match common::yaml::to_json(&mapping.into()) {
            Value::Object(map) => map,
            _ => Map::new(),
        },
        Err(error) => {
            load_error.get_or_insert_with(|| format!("config.yaml: {error}").into());
            Map::new()
        }
    }
}
