//! A task as the index in memory holds it.

use common::metric::RunProgress;
use common::{TaskKind, TaskStatus};
use serde_json::{Map, Value};

use super::brief::Brief;
use super::packed::Packed;
use metrics::track_store;
use store::disk::Stamp;
use store::task::file::{self, Stored};
use store::task::{Run, TaskDir, TaskInfo};

/// A task's files as last read, without the heavy tracks.
#[derive(Debug, Clone)]
pub(crate) struct TaskEntry {
    pub(crate) dir: TaskDir,
    pub(crate) brief: Brief,
    /// The whole file; opened where more than the brief is asked for.
    pub(crate) info: Packed<TaskInfo>,
    pub(crate) stamp: Stamp,
    /// Of the config's file, all zero where there is none.
    pub(crate) config_stamp: Stamp,
    /// Of `tracks.sqlite3`; `None` where the task's file does not point to one.
    pub(crate) tracks_stamp: Option<Stamp>,
    /// The parameters; empty for shell tasks.
    pub(crate) config: Packed<Map<String, Value>>,
    /// What a search looks at, lower case.
    pub(crate) search_text: Box<str>,
    /// The line of a shell script that tells what it does; empty for Python tasks.
    pub(crate) script_line: Box<str>,
    /// Why the files could not be read, if so.
    pub(crate) load_error: Option<Box<str>>,
    /// Its newest run has ended, which its file does not say yet.
    pub(crate) has_stored_end: bool,
    /// Why it waits, as the scheduler last said.
    pub(crate) wait_reason: Option<Box<str>>,
    /// What a running one last said of its progress.
    pub(crate) progress: Option<RunProgress>,
}

impl TaskEntry {
    /// Reads a task's folder. Nonsense in its files makes an entry that says so, never an error.
    pub(crate) fn load(dir: TaskDir) -> Self {
        let config_stamp = config_stamp(&dir);
        let (Stored { mut info, stamp, has_stored_end }, error) = match file::read_with_end(&dir) {
            Ok(stored) => (stored, None),
            Err(error) => {
                let info = TaskInfo::named(dir.name());
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

    /// An entry of what two files hold.
    pub(crate) fn new(dir: TaskDir, mut info: TaskInfo, config_text: &str) -> Self {
        let mut load_error = None;
        info.runs.iter_mut().for_each(Run::without_curves);
        let (config, script_line) = match info.task_kind {
            TaskKind::Python => (parse_config(config_text, &mut load_error), String::new()),
            TaskKind::Shell => (Map::new(), super::preview_text::of_script(config_text)),
        };
        Self {
            dir,
            brief: Brief::from(&info),
            stamp: Stamp::default(),
            config_stamp: Stamp::default(),
            tracks_stamp: None,
            config: Packed::new(&config),
            search_text: super::search::search_text(&info, &config, config_text).into(),
            script_line: script_line.into(),
            load_error,
            has_stored_end: false,
            wait_reason: None,
            progress: None,
            info: Packed::new(&info),
        }
    }

    /// The folder's name, which is the task's.
    pub(crate) fn name(&self) -> &str {
        self.dir.name_str()
    }

    /// What it shares with every task of the same parameters.
    pub(crate) fn fingerprint(&self) -> u64 {
        common::batch::fingerprint(&self.config.open())
    }

    /// The same entry with a newer task file.
    pub(crate) fn with_info(&self, stored: Stored) -> Self {
        let Stored { mut info, stamp, has_stored_end } = stored;
        let texts = |info: &TaskInfo| (info.notes.clone(), info.tags.clone());
        if self.load_error.is_some() || texts(&info) != texts(&self.info.open()) {
            let fresh = Self::load(self.dir.clone());
            let wait_reason = self.wait_reason.clone().filter(|_| fresh.waits());
            return Self { wait_reason, ..fresh };
        }
        let (tracks_stamp, load_error) = self.keep_tracks(&mut info);
        info.runs.iter_mut().for_each(Run::without_curves);
        let brief = Brief::from(&info);
        let info = Packed::new(&info);
        let entry =
            Self { brief, info, stamp, tracks_stamp, load_error, has_stored_end, ..self.clone() };
        let wait_reason = self.wait_reason.clone().filter(|_| entry.waits());
        let is_same_run = entry.brief.run_index == self.brief.run_index;
        let progress = self.progress.filter(|_| entry.runs() && is_same_run);
        Self { wait_reason, progress, ..entry }
    }

    /// Whether both are of the same files, which could not be read for the same reason.
    pub(crate) fn cannot_be_read_like(&self, other: &Self) -> bool {
        let files = |entry: &Self| (entry.stamp, entry.config_stamp, entry.tracks_stamp);
        self.load_error.is_some()
            && self.load_error == other.load_error
            && files(self) == files(other)
    }

    /// Whether `tracks.sqlite3` is still the one that was read.
    pub(crate) fn has_current_tracks(&self) -> bool {
        self.tracks_stamp.is_none_or(|read| read == track_store::stamp(&self.dir))
    }

    /// Adds to a newer task file what `tracks.sqlite3` holds; the figures known are taken where it is the same.
    fn keep_tracks(&self, info: &mut TaskInfo) -> (Option<Stamp>, Option<Box<str>>) {
        let known = self.info.open();
        if !self.has_current_tracks() || !track_store::is_same(&known, info) {
            return add_tracks(&self.dir, info);
        }
        for (run, known) in info.runs.iter_mut().zip(known.runs) {
            for (key, figures) in known.metrics {
                if !run.track.contains_key(&key) {
                    run.metrics.entry(key).or_insert(figures);
                }
            }
        }
        (self.tracks_stamp, None)
    }

    /// Whether it runs now.
    pub(crate) fn runs(&self) -> bool {
        self.brief.status == TaskStatus::Running
    }

    fn waits(&self) -> bool {
        self.brief.status == TaskStatus::Queued
    }
}

/// Adds the curves in `tracks.sqlite3` to a task's file, where that points to them. Answers the database's stamp
/// and why it could not be read, if so.
fn add_tracks(dir: &TaskDir, info: &mut TaskInfo) -> (Option<Stamp>, Option<Box<str>>) {
    if !track_store::is_used_by(info) {
        return (None, None);
    }
    // Taken first: if the file changes in between, the next look sees it.
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
