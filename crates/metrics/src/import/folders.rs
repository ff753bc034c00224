//! The imported folders of a workspace, with a cache of their runs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use common::natural;
use common::runs::{Import, ImportKind};
use serde::{Deserialize, Serialize};

use super::run::ImportedRun;
use super::{mlflow, tensorboard};
use store::disk::{FileLock, write_atomic};
use store::{Error, Result};

/// How long a list of runs is cached.
const SCAN_TTL: Duration = Duration::from_secs(5);
/// Memory budget for the points of all imported runs.
const BUDGET_BYTES: usize = 128 << 20;

/// An imported folder, as in `imports.json` of the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    /// Name of the import, the first part of the names of its runs.
    pub name: String,
    /// Path of the folder.
    pub path: PathBuf,
}

/// The imported folders of one workspace.
#[derive(Default)]
pub struct Imports {
    cached: Mutex<BTreeMap<String, CachedImport>>,
    is_changed: AtomicBool,
}

struct CachedImport {
    path: PathBuf,
    scanned_at: Instant,
    kind: ImportKind,
    runs: Vec<Arc<ImportedRun>>,
}

impl Imports {
    fn cached(&self) -> MutexGuard<'_, BTreeMap<String, CachedImport>> {
        self.cached.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether folders were added or removed since the last call.
    pub fn has_changed(&self) -> bool {
        self.is_changed.swap(false, Ordering::Relaxed)
    }

    /// Called after the list of folders was changed.
    pub fn mark_changed(&self) {
        self.is_changed.store(true, Ordering::Relaxed);
    }

    /// All imported runs of the workspace at `root`.
    pub fn runs(&self, root: &Path) -> Vec<Arc<ImportedRun>> {
        self.refresh(root);
        self.cached().values().flat_map(|cached| cached.runs.iter().cloned()).collect()
    }

    /// A run by its full name.
    pub fn find(&self, root: &Path, task: &str) -> Option<Arc<ImportedRun>> {
        self.refresh(root);
        let cached = self.cached();
        let (name, _) = task.strip_prefix('@')?.split_once('/')?;
        let found = cached.get(name)?.runs.iter().find(|run| run.task == task).cloned();
        // The requested run is evicted last.
        let all = || cached.values().flat_map(|cached| &cached.runs);
        let mut bytes: usize = all().map(|run| run.bytes()).sum();
        for run in all().filter(|run| run.task != task) {
            if bytes > BUDGET_BYTES {
                bytes = bytes.saturating_sub(run.bytes());
                run.evict();
            }
        }
        found
    }

    /// The folders with their content.
    pub fn list(&self, root: &Path) -> Vec<Import> {
        self.refresh(root);
        let cached = self.cached();
        let import = |folder: Folder| {
            let previous = cached.get(&folder.name);
            let is_there = folder.path.is_dir();
            Import {
                path: folder.path.to_string_lossy().into_owned(),
                kind: previous.map(|cached| cached.kind).unwrap_or_default(),
                run_count: previous.map_or(0, |cached| cached.runs.len() as u64),
                error: (!is_there).then(|| "The folder does not exist.".to_owned()),
                name: folder.name,
            }
        };
        read(root).into_iter().map(import).collect()
    }

    fn refresh(&self, root: &Path) {
        let folders = read(root);
        let mut cached = self.cached();
        cached.retain(|name, cached| {
            folders.iter().any(|folder| folder.name == *name && folder.path == cached.path)
        });
        for Folder { name, path } in folders {
            if cached.get(&name).is_some_and(|cached| cached.scanned_at.elapsed() < SCAN_TTL) {
                continue;
            }
            let (kind, mut runs) = scan_folder(&name, &path);
            // Points that were already read are reused.
            let before = cached.remove(&name).map(|cached| cached.runs).unwrap_or_default();
            let previous: BTreeMap<&str, &Arc<ImportedRun>> =
                before.iter().map(|run| (run.task.as_str(), run)).collect();
            for run in &mut runs {
                let same =
                    previous.get(run.task.as_str()).filter(|previous| previous.meta == run.meta);
                if let Some(same) = same.filter(|same| same.folder == run.folder) {
                    *run = Arc::clone(same);
                }
            }
            cached.insert(name, CachedImport { path, scanned_at: Instant::now(), kind, runs });
        }
    }
}

/// Scans a folder for runs.
pub fn scan_folder(name: &str, path: &Path) -> (ImportKind, Vec<Arc<ImportedRun>>) {
    let (kind, runs) = match mlflow::is_store(path) {
        true => (ImportKind::Mlflow, mlflow::runs(name, path)),
        false => (ImportKind::Tensorboard, tensorboard::runs(name, path)),
    };
    (kind, runs.into_iter().map(Arc::new).collect())
}

fn file(root: &Path) -> PathBuf {
    root.join("imports.json")
}

/// Reads the list of folders; empty if the file is missing or invalid.
pub(super) fn read(root: &Path) -> Vec<Folder> {
    let bytes = fs::read(file(root)).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// Changes the list of folders.
///
/// # Errors
/// The error of `change`, or the I/O error.
pub fn change(root: &Path, change: impl FnOnce(&mut Vec<Folder>) -> Result<()>) -> Result<()> {
    let _lock = FileLock::wait(&root.join(".imports.lock"))?;
    let mut folders = read(root);
    change(&mut folders)?;
    natural::sort_by_text(&mut folders, |folder| &folder.name);
    let text = serde_json::to_string_pretty(&folders).unwrap_or_default() + "\n";
    write_atomic(&file(root), text.as_bytes())
}

/// Validates the name of an import, which becomes part of the names of its runs.
///
/// # Errors
/// When it is empty, or contains `/` or `@`.
pub fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.contains(['/', '@']) {
        return Err(Error::invalid(format!("'{name}' is not a valid import name.")));
    }
    Ok(name.to_owned())
}
