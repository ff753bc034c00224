//! Finds runs in folders with event files: each folder that contains event files is a run.

use std::collections::BTreeSet;
use std::path::Path;

use super::run::{ImportedRun, Meta};
use crate::tensorboard::{created_s, event_files};
use common::TaskStatus;
use common::runs::ImportKind;
use store::clock;

/// Maximum search depth, and maximum number of runs.
const MAX_DEPTH: usize = 8;
const MAX_RUNS: usize = 20_000;

/// The runs in a folder. A run is named after its relative path; the folder itself is `.`.
pub(super) fn runs(import: &str, root: &Path) -> Vec<ImportedRun> {
    let mut files = Vec::new();
    event_files(root, MAX_DEPTH, &[], &mut files);
    let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.parent()).collect();
    let run = |folder: &&Path| {
        let below = folder.strip_prefix(root).unwrap_or(folder).to_string_lossy();
        let name = if below.is_empty() { ".".into() } else { below };
        let of_run = files.iter().filter(|file| file.parent() == Some(folder));
        let started = of_run.filter_map(|file| created_s(file)).min();
        let meta = Meta {
            status: TaskStatus::Completed,
            started: started.map(clock::local_stamp_of).unwrap_or_default(),
            ..Meta::default()
        };
        let task = format!("@{import}/{name}");
        ImportedRun::new(task, ImportKind::Tensorboard, folder.to_path_buf(), meta)
    };
    folders.iter().take(MAX_RUNS).map(run).collect()
}
