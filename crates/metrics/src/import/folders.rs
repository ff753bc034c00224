//! The imported folders of a workspace, and their runs in memory.

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

/// How long a list of runs is believed.
const FRESH: Duration = Duration::from_secs(5);
/// How much of all imported runs is kept in memory.
const BUDGET_BYTES: usize = 128 << 20;

/// A folder, as `imports.json` of the workspace holds it.
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
    held: Mutex<BTreeMap<String, Held>>,
    is_changed: AtomicBool,
}

struct Held {
    path: PathBuf,
    looked_at: Instant,
    kind: ImportKind,
    runs: Vec<Arc<ImportedRun>>,
}

impl Imports {
    fn held(&self) -> MutexGuard<'_, BTreeMap<String, Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether folders were added or removed since somebody asked last.
    pub fn has_changed(&self) -> bool {
        self.is_changed.swap(false, Ordering::Relaxed)
    }

    /// To be called after the list of folders was changed.
    pub fn changed(&self) {
        self.is_changed.store(true, Ordering::Relaxed);
    }

    /// All imported runs of the workspace at `root`.
    pub fn runs(&self, root: &Path) -> Vec<Arc<ImportedRun>> {
        self.refresh(root);
        self.held().values().flat_map(|held| held.runs.iter().cloned()).collect()
    }

    /// A run by its full name.
    pub fn find(&self, root: &Path, task: &str) -> Option<Arc<ImportedRun>> {
        self.refresh(root);
        let held = self.held();
        let (name, _) = task.strip_prefix('@')?.split_once('/')?;
        let found = held.get(name)?.runs.iter().find(|run| run.task == task).cloned();
        // Whoever is asked for now stays in memory before the others.
        let all = || held.values().flat_map(|held| &held.runs);
        let mut bytes: usize = all().map(|run| run.bytes()).sum();
        for run in all().filter(|run| run.task != task) {
            if bytes > BUDGET_BYTES {
                bytes = bytes.saturating_sub(run.bytes());
                run.let_go();
            }
        }
        found
    }

    /// The folders, with what is in them.
    pub fn list(&self, root: &Path) -> Vec<Import> {
        self.refresh(root);
        let held = self.held();
        let import = |folder: Folder| {
            let known = held.get(&folder.name);
            let is_there = folder.path.is_dir();
            Import {
                path: folder.path.to_string_lossy().into_owned(),
                kind: known.map(|held| held.kind).unwrap_or_default(),
                run_count: known.map_or(0, |held| held.runs.len() as u64),
                error: (!is_there).then(|| "The folder is not there.".to_owned()),
                name: folder.name,
            }
        };
        read(root).into_iter().map(import).collect()
    }

    fn refresh(&self, root: &Path) {
        let folders = read(root);
        let mut held = self.held();
        held.retain(|name, held| {
            folders.iter().any(|folder| folder.name == *name && folder.path == held.path)
        });
        for Folder { name, path } in folders {
            if held.get(&name).is_some_and(|held| held.looked_at.elapsed() < FRESH) {
                continue;
            }
            let (kind, mut runs) = look(&name, &path);
            // Points that were read already are kept with their run.
            let before = held.remove(&name).map(|held| held.runs).unwrap_or_default();
            let known: BTreeMap<&str, &Arc<ImportedRun>> =
                before.iter().map(|run| (run.task.as_str(), run)).collect();
            for run in &mut runs {
                let same = known.get(run.task.as_str()).filter(|known| known.meta == run.meta);
                if let Some(same) = same.filter(|same| same.folder == run.folder) {
                    *run = Arc::clone(same);
                }
            }
            held.insert(name, Held { path, looked_at: Instant::now(), kind, runs });
        }
    }
}

/// What is in a folder.
pub fn look(name: &str, path: &Path) -> (ImportKind, Vec<Arc<ImportedRun>>) {
    let (kind, runs) = match mlflow::is_store(path) {
        true => (ImportKind::Mlflow, mlflow::runs(name, path)),
        false => (ImportKind::Tensorboard, tensorboard::runs(name, path)),
    };
    (kind, runs.into_iter().map(Arc::new).collect())
}

fn file(root: &Path) -> PathBuf {
    root.join("imports.json")
}

/// The folders; none where the file is missing or no such list.
pub(super) fn read(root: &Path) -> Vec<Folder> {
    let bytes = fs::read(file(root)).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// Changes the list of folders.
///
/// # Errors
/// What `change` says, or what the system said.
pub fn change(root: &Path, change: impl FnOnce(&mut Vec<Folder>) -> Result<()>) -> Result<()> {
    let _lock = FileLock::wait(&root.join(".imports.lock"))?;
    let mut folders = read(root);
    change(&mut folders)?;
    natural::sort_by_text(&mut folders, |folder| &folder.name);
    let text = serde_json::to_string_pretty(&folders).unwrap_or_default() + "\n";
    write_atomic(&file(root), text.as_bytes())
}

/// A name as a part of the names of runs.
///
/// # Errors
/// When there is nothing left of it, or it holds a slash.
pub fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.contains(['/', '@']) {
        return Err(Error::invalid(format!("'{name}' cannot be the name of an import.")));
    }
    Ok(name.to_owned())
}
