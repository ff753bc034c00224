//! Folders with event files: each folder that holds some is a run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::run::{ImportedRun, Meta};
use crate::metric::RunData;
use crate::tensorboard::{ReadState, Scalar, read_scalars};
use crate::{Result, clock};
use common::TaskStatus;
use common::runs::ImportKind;

/// How deep folders are searched, and how many runs are found at most.
const MAX_DEPTH: usize = 8;
const MAX_RUNS: usize = 20_000;

/// The event files of a run, and how far each was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventFiles {
    read: BTreeMap<PathBuf, ReadState>,
    /// Keys that were there before.
    foreign: BTreeSet<String>,
}

impl EventFiles {
    /// Takes in what is new in the event files of a folder, and with `deep` in those below it. Keys that
    /// `data` has from elsewhere stay as they are.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(crate) fn read_on(&mut self, folder: &Path, deep: bool, data: &mut RunData) -> Result<()> {
        let mut files = Vec::new();
        event_files(folder, if deep { 4 } else { 0 }, &mut files);
        if files.is_empty() {
            return Ok(());
        }
        if self.read.is_empty() {
            self.foreign = data.keys.iter().map(|key| key.name.to_string()).collect();
        }
        let foreign = &self.foreign;
        // The names of event files begin with the time of their making.
        files.sort();
        for path in files {
            let state = self.read.get(&path).copied().unwrap_or_default();
            let below = path.parent().and_then(|parent| parent.strip_prefix(folder).ok());
            let prefix =
                below.map(|below| below.to_string_lossy().into_owned()).unwrap_or_default();
            let state = read_scalars(&path, state, |scalar| {
                let Scalar { tag, t, step, value } = scalar;
                let key =
                    if prefix.is_empty() { tag.to_owned() } else { format!("{prefix}/{tag}") };
                if !foreign.contains(&key) {
                    #[expect(clippy::cast_precision_loss, reason = "steps are below 2^53")]
                    data.scalar(&key, t, step as f64, value);
                }
            })?;
            self.read.insert(path, state);
        }
        Ok(())
    }
}

/// The event files in a folder and so many levels below it.
pub(crate) fn event_files(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(listing) = fs::read_dir(folder) else {
        return;
    };
    for item in listing.flatten() {
        let Ok(kind) = item.file_type() else { continue };
        let name = item.file_name();
        let name = name.to_string_lossy();
        if kind.is_file() && name.contains("tfevents") {
            files.push(item.path());
        } else if kind.is_dir() && depth > 0 && !name.starts_with('.') {
            event_files(&item.path(), depth - 1, files);
        }
    }
}

/// The runs in a folder. A run is called after its folder, the folder itself `.`.
pub(super) fn runs(import: &str, root: &Path) -> Vec<ImportedRun> {
    let mut files = Vec::new();
    event_files(root, MAX_DEPTH, &mut files);
    let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.parent()).collect();
    let run = |folder: &&Path| {
        let below = folder.strip_prefix(root).unwrap_or(folder).to_string_lossy();
        let name = if below.is_empty() { ".".into() } else { below };
        let of_run = files.iter().filter(|file| file.parent() == Some(folder));
        let started = of_run.filter_map(|file| started_s(file)).min();
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

/// `events.out.tfevents.1763896617.host.…`: seconds since 1970.
fn started_s(file: &Path) -> Option<i64> {
    let name = file.file_name()?.to_str()?;
    name.split("tfevents.").nth(1)?.split('.').next()?.parse().ok()
}
