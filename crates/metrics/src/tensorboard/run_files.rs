//! Determines which event files belong to which run of a task.
//!
//! Files in `artifacts/runN` belong to run N. Files elsewhere in the task's folder belong to the
//! run that was the newest when the file was created; the creation time is part of the file name.

use std::fs;
use std::path::{Path, PathBuf};

use super::files::{created_s, event_files};
use store::task::TaskDir;
use store::task::paths::run_of;

/// Maximum search depth.
const MAX_DEPTH: usize = 4;
/// Folders of a task that are searched separately, or not at all.
const PYRUNS_FOLDERS: [&str; 2] = ["artifacts", "run_logs"];

/// The time range in which the event files of a run were created, seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    from_s: f64,
    until_s: f64,
}

impl Span {
    /// From the start of a run to the start of the next; 0 for an unknown start.
    #[must_use]
    pub fn new(start_s: f64, next_start_s: Option<f64>) -> Self {
        let until_s = next_start_s.filter(|start_s| *start_s > 0.0).unwrap_or(f64::INFINITY);
        Self { from_s: start_s, until_s }
    }

    /// Names contain whole seconds.
    fn contains(self, created_s: i64) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 fit")]
        let end_s = created_s.saturating_add(1) as f64;
        self.from_s <= end_s && end_s < self.until_s
    }
}

/// The event files of one run.
pub(crate) fn of_run(dir: &TaskDir, run_index: u32, span: Span) -> Vec<PathBuf> {
    let mut files = Vec::new();
    event_files(&dir.artifacts(run_index), MAX_DEPTH, &[], &mut files);
    files.extend(other_files(dir).into_iter().filter(|file| is_in(span, file)));
    // The names of event files start with their creation time, so that sorting orders them by time.
    files.sort();
    files
}

/// The event files of all runs that have some. `spans` returns those of runs 1, 2, …; it is called
/// only if there are files outside of `artifacts`, which most tasks do not have.
pub fn of_task(dir: &TaskDir, spans: impl FnOnce() -> Vec<Span>) -> Vec<(u32, Vec<PathBuf>)> {
    let mut runs: Vec<(u32, Vec<PathBuf>)> = Vec::new();
    for item in fs::read_dir(dir.path().join(PYRUNS_FOLDERS[0])).into_iter().flatten().flatten() {
        let Some(run_index) = item.file_name().to_str().and_then(|name| run_of(name, "")) else {
            continue;
        };
        let mut files = Vec::new();
        event_files(&item.path(), MAX_DEPTH, &[], &mut files);
        if !files.is_empty() {
            runs.push((run_index, files));
        }
    }
    let other_files = other_files(dir);
    if !other_files.is_empty() {
        for (run_index, span) in (1..).zip(spans()) {
            for file in other_files.iter().filter(|file| is_in(span, file)) {
                match runs.iter_mut().find(|(of, _)| *of == run_index) {
                    Some((_, files)) => files.push(file.clone()),
                    None => runs.push((run_index, vec![file.clone()])),
                }
            }
        }
    }
    runs.iter_mut().for_each(|(_, files)| files.sort());
    runs
}

fn is_in(span: Span, file: &Path) -> bool {
    created_s(file).is_some_and(|created_s| span.contains(created_s))
}

fn other_files(dir: &TaskDir) -> Vec<PathBuf> {
    let mut files = Vec::new();
    event_files(&dir.path(), MAX_DEPTH, &PYRUNS_FOLDERS, &mut files);
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_belong_to_the_run_in_whose_time_they_were_begun() {
        let temp = tempfile::tempdir().unwrap();
        let dir = TaskDir::at(&temp.path().join("t")).unwrap();
        fs::create_dir(dir.path()).unwrap();
        let put = |path: &str| {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "").unwrap();
            path
        };
        let kept = put("artifacts/run1/tb/events.out.tfevents.9999.h");
        let first = put("tb/events.out.tfevents.100.h");
        let second = put("runs/x/events.out.tfevents.200.h");
        put("run_logs/events.out.tfevents.100.h");
        put(".git/events.out.tfevents.100.h");
        put("old/events.out.tfevents.5.h");
        put("tb/checkpoint.pt");
        let spans = [Span::new(100.4, Some(200.9)), Span::new(200.9, None)];
        let mut runs = of_task(&dir, || spans.to_vec());
        runs.sort();
        assert_eq!(runs, [(1, vec![kept, first]), (2, vec![second])]);
        for (run, files) in runs {
            assert_eq!(of_run(&dir, run, spans[run as usize - 1]), files);
        }
        // A run of another launcher, whose times are unknown.
        assert_eq!(of_run(&dir, 1, Span::new(0.0, None)).len(), 4);
    }
}
