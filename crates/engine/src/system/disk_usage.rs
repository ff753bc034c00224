//! `GET /api/system/disk`: what takes the room of a project.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use common::system::{DiskPart, DiskUsage};

use super::disk_space::disk_of;
use crate::engine::{Engine, Pick};
use crate::workspace::Project;
use store::Result;
use store::settings::read_settings;

/// A look at a huge project ends after this time; what was seen until then is told.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many tasks are named.
const TASKS: usize = 10;

impl Engine {
    /// What takes the room of the project of a workspace, by kind and by task, the largest first.
    ///
    /// # Errors
    /// When no such workspace is open.
    pub fn disk_usage(&self, pick: &Pick) -> Result<DiskUsage> {
        let workspace = self.pick(pick)?;
        let pyruns_dir = workspace.pyruns_dir();
        let mut look = Look { deadline: Instant::now() + PATIENCE, ..Look::new() };
        look.project(&self.project(pyruns_dir));
        let Look { kinds, mut tasks, is_complete, .. } = look;
        let mut kinds: Vec<DiskPart> = kinds
            .into_iter()
            .map(|(name, bytes)| DiskPart { name: name.to_owned(), bytes })
            .collect();
        for parts in [&mut kinds, &mut tasks] {
            parts.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
        }
        tasks.truncate(TASKS);
        let disk = disk_of(pyruns_dir, read_settings(pyruns_dir).min_free_disk_mb);
        Ok(DiskUsage { disk, kinds, tasks, is_complete })
    }
}

struct Look {
    deadline: Instant,
    kinds: BTreeMap<&'static str, u64>,
    tasks: Vec<DiskPart>,
    is_complete: bool,
}

impl Look {
    fn new() -> Self {
        Self {
            deadline: Instant::now(),
            kinds: BTreeMap::new(),
            tasks: Vec::new(),
            is_complete: true,
        }
    }

    fn project(&mut self, project: &Project) {
        let pyruns = &project.pyruns_dir;
        for (name, kind) in [(".provenance", "provenance"), (".python", "other")] {
            self.add(&pyruns.join(name), kind);
        }
        for workspace in project.names() {
            let root = pyruns.join(&workspace);
            self.add(&root.join("tasks/.trash"), "trash");
            self.add(&root.join(".index_cache.jsonl"), "caches");
            for task in entries(&root.join("tasks")) {
                let name = task.file_name().unwrap_or_default().to_string_lossy().into_owned();
                if !name.starts_with('.') {
                    let bytes = self.task(&task);
                    self.tasks.push(DiskPart { name: format!("{workspace}/{name}"), bytes });
                }
            }
        }
    }

    fn task(&mut self, task: &Path) -> u64 {
        let mut sum = 0;
        for path in entries(task) {
            sum += match path.file_name().and_then(|name| name.to_str()) {
                Some("run_logs") => {
                    entries(&path).into_iter().map(|file| self.add(&file, kind_of(&file))).sum()
                }
                Some("artifacts") => self.add(&path, "artifacts"),
                _ => self.add(&path, "other"),
            };
        }
        sum
    }

    /// Bytes of a file, or of all files below a folder; no link is followed.
    fn add(&mut self, path: &Path, kind: &'static str) -> u64 {
        let mut sum = 0;
        let mut open = vec![path.to_owned()];
        while let Some(path) = open.pop() {
            if Instant::now() > self.deadline {
                self.is_complete = false;
                break;
            }
            let Ok(meta) = fs::symlink_metadata(&path) else { continue };
            // What it takes, not how long it is: a sparse file takes less.
            sum += meta.blocks() * 512;
            if meta.is_dir() {
                open.extend(entries(&path));
            }
        }
        if sum > 0 {
            *self.kinds.entry(kind).or_default() += sum;
        }
        sum
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|item| item.path()).collect()
}

fn kind_of(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("log") => "logs",
        Some("overview") => "caches",
        Some("json") => "provenance",
        Some("jsonl") => "metrics",
        _ => "other",
    }
}
