//! The index cache, `.index_cache.jsonl` beside `tasks/`, so that a start with 100,000 tasks does not parse
//! 200,000 files.
//!
//! Each line is a task. It is valid only if the stamps in it equal those of the task's files. The cache is
//! optional: if it is missing, damaged or of another version, it is replaced silently.

use std::borrow::Cow;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use common::TaskName;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::task::TaskEntry;
use crate::task::serialized::Serialized;
use crate::task::summary::TaskSummary;
use store::disk::{Stamp, open_empty};
use store::parallel::in_parts;
use store::task::TaskDir;
use store::{Error, Result};

/// The first line, which identifies the format.
const HEADER: &str =
    concat!("{\"pyruns_index\":4,\"version\":\"", env!("CARGO_PKG_VERSION"), "\"}");
/// Minimum number of lines that are parsed in parallel.
const MANY: usize = 1_000;

/// An entry as it is stored in the cache. Field names are part of the file format.
#[derive(Serialize, Deserialize)]
struct CacheLine<'a> {
    name: Cow<'a, TaskName>,
    stamp: Stamp,
    config_stamp: Stamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tracks_stamp: Option<Stamp>,
    #[serde(rename = "brief")]
    summary: TaskSummary,
    #[serde(borrow)]
    info: Cow<'a, RawValue>,
    #[serde(borrow)]
    config: Cow<'a, RawValue>,
    search_text: Cow<'a, str>,
    script_line: Cow<'a, str>,
}

impl<'a> CacheLine<'a> {
    fn of(entry: &'a TaskEntry) -> Self {
        Self {
            name: Cow::Borrowed(entry.name()),
            stamp: entry.stamp,
            config_stamp: entry.config_stamp,
            tracks_stamp: entry.tracks_stamp,
            summary: entry.summary.clone(),
            info: Cow::Borrowed(entry.info.json()),
            config: Cow::Borrowed(entry.config.json()),
            search_text: Cow::Borrowed(&entry.search_text),
            script_line: Cow::Borrowed(&entry.script_line),
        }
    }

    fn into_entry(self, tasks: &Arc<Path>) -> TaskEntry {
        TaskEntry {
            dir: TaskDir::new(tasks.clone(), self.name.into_owned()),
            summary: self.summary,
            info: Serialized::from_json(self.info.into_owned()),
            stamp: self.stamp,
            config_stamp: self.config_stamp,
            tracks_stamp: self.tracks_stamp,
            config: Serialized::from_json(self.config.into_owned()),
            search_text: self.search_text.into(),
            script_line: self.script_line.into(),
            load_error: None,
            has_stored_end: false,
            wait_reason: None,
            progress: None,
        }
    }
}

fn path(root: &Path) -> PathBuf {
    root.join(".index_cache.jsonl")
}

/// The valid entries. `known` returns the position and the stamp of an existing task.
pub(super) fn read(
    root: &Path,
    tasks: &Arc<Path>,
    known: impl Fn(&TaskName) -> Option<(usize, Stamp)> + Sync,
) -> Vec<(usize, TaskEntry)> {
    let Ok(text) = fs::read_to_string(path(root)) else {
        return Vec::new();
    };
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return Vec::new();
    }
    let parse = |line: &str| {
        let line: CacheLine = serde_json::from_str(line).ok()?;
        let (position, stamp) = known(&line.name)?;
        (line.stamp == stamp).then(|| (position, line.into_entry(tasks)))
    };
    let work = |lines: Vec<&str>| lines.into_iter().filter_map(parse).collect();
    in_parts(lines.collect(), MANY, work)
}

/// Replaces the file.
///
/// # Errors
/// The I/O error, with the path.
pub(crate) fn save(root: &Path, entries: &[Arc<TaskEntry>]) -> Result<()> {
    let path = path(root);
    let temp = root.join(format!(".index_cache.{}.tmp", std::process::id()));
    let written = write(&temp, entries).and_then(|()| fs::rename(&temp, &path));
    if written.is_err() {
        // Best effort: the error that matters is the one that is returned.
        let _ = fs::remove_file(&temp);
    }
    written.map_err(Error::io("writing", &path))
}

/// Not synced: after a power loss, invalid lines are ignored.
fn write(path: &Path, entries: &[Arc<TaskEntry>]) -> std::io::Result<()> {
    let mut file = BufWriter::with_capacity(1 << 20, open_empty(path)?);
    writeln!(file, "{HEADER}")?;
    // Entries with errors or with an unwritten end are read again at the next start.
    for entry in entries.iter().filter(|entry| entry.load_error.is_none() && !entry.has_stored_end)
    {
        serde_json::to_writer(&mut file, &CacheLine::of(entry))?;
        file.write_all(b"\n")?;
    }
    file.flush()
}

#[cfg(test)]
mod tests {
    use store::task::scan::scan;

    use super::super::load_tasks;
    use super::*;

    fn workspace() -> tempfile::TempDir {
        let temp = tempfile::tempdir().unwrap();
        for (name, lr) in [("a", "0.1"), ("训练", "1e-5")] {
            let dir = temp.path().join("tasks").join(name);
            fs::create_dir_all(&dir).unwrap();
            let info = "{\"status\": \"completed\", \"start_times\": [\"2026-11-24_10-00-00\"],
                \"records\": [{\"acc\": 0.1234567890123456789}], \"tracks\": [{\"loss\": [1, 2]}],
                \"of_another_program\": [null, {\"x\": 1}]}";
            fs::write(dir.join("task_info.json"), info).unwrap();
            fs::write(dir.join("config.yaml"), format!("lr: {lr}\nm: {{name: X}}\n")).unwrap();
        }
        temp
    }

    fn filled(root: &Path) -> (Vec<TaskEntry>, usize) {
        let mut filled = load_tasks(root);
        filled.entries.sort_by(|a, b| a.name().cmp(b.name()));
        (filled.entries, filled.unsaved)
    }

    #[test]
    fn the_cache_matches_the_files() {
        let temp = workspace();
        let (from_files, unsaved) = filled(temp.path());
        assert_eq!((from_files.len(), unsaved), (2, 2));
        let entries: Vec<_> = from_files.iter().cloned().map(Arc::new).collect();
        save(temp.path(), &entries).unwrap();
        let (from_cache, unsaved) = filled(temp.path());
        assert_eq!(unsaved, 0);
        assert_eq!(format!("{from_cache:?}"), format!("{from_files:?}"));
    }

    #[test]
    fn a_line_is_believed_only_while_its_files_are_the_same() {
        let temp = workspace();
        let entries: Vec<_> = filled(temp.path()).0.into_iter().map(Arc::new).collect();
        save(temp.path(), &entries).unwrap();
        let info = "{\"status\": \"failed\", \"notes\": \"by hand\"}";
        fs::write(temp.path().join("tasks/a/task_info.json"), info).unwrap();
        let (entries, unsaved) = filled(temp.path());
        assert_eq!(unsaved, 1);
        assert!(entries[0].search_text.contains("by hand"), "{}", entries[0].search_text);
        fs::remove_dir_all(temp.path().join("tasks/训练")).unwrap();
        assert_eq!(filled(temp.path()).0.len(), 1);
    }

    #[test]
    fn damage_and_another_version_are_read_around() {
        let temp = workspace();
        let entries: Vec<_> = filled(temp.path()).0.into_iter().map(Arc::new).collect();
        save(temp.path(), &entries).unwrap();
        let good = fs::read_to_string(path(temp.path())).unwrap();
        let torn = &good[..good.len() - 20];
        let damaged = [torn, "", "{}\n", &good.replace(HEADER, "{}"), &good.replace('{', "\u{0}")];
        for text in damaged {
            fs::write(path(temp.path()), text).unwrap();
            let (entries, _) = filled(temp.path());
            assert_eq!(entries.len(), scan(&temp.path().join("tasks")).len());
            assert!(entries.iter().all(|entry| entry.summary.run_index == 1));
        }
    }
}
