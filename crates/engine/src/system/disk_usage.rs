//! Computes the disk usage of a project.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use common::system::{DiskPart, DiskUsage};

use super::disk_space::disk_of;
use crate::engine::{Engine, WorkspaceSelector};
use crate::workspace::Project;
use store::Result;
use store::settings::read_settings;

/// Time limit of a scan. After it, the partial result is returned.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Number of listed tasks.
const MAX_TASKS: usize = 10;

impl Engine {
    /// The disk usage of a workspace's project, by kind of file and by task, largest first.
    ///
    /// # Errors
    /// If the workspace is not open.
    pub fn disk_usage(&self, selector: &WorkspaceSelector) -> Result<DiskUsage> {
        let workspace = self.workspace_of(selector)?;
        let pyruns_dir = workspace.pyruns_dir();
        let mut scan = DiskScan { deadline: Instant::now() + TIMEOUT, ..DiskScan::new() };
        scan.project(&self.project(pyruns_dir));
        let DiskScan { kinds, mut tasks, is_complete, .. } = scan;
        let mut kinds: Vec<DiskPart> = kinds
            .into_iter()
            .map(|(name, bytes)| DiskPart { name: name.to_owned(), bytes })
            .collect();
        for parts in [&mut kinds, &mut tasks] {
            parts.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
        }
        tasks.truncate(MAX_TASKS);
        let disk = disk_of(pyruns_dir, read_settings(pyruns_dir).min_free_disk_mb);
        Ok(DiskUsage { disk, kinds, tasks, is_complete })
    }
}

struct DiskScan {
    deadline: Instant,
    kinds: BTreeMap<&'static str, u64>,
    tasks: Vec<DiskPart>,
    is_complete: bool,
}

impl DiskScan {
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
            let root = pyruns.join(workspace.as_str());
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

    /// Adds the size of a file or of all files in a folder. Links are not followed.
    fn add(&mut self, path: &Path, kind: &'static str) -> u64 {
        let mut sum = 0;
        let mut open = vec![path.to_owned()];
        while let Some(path) = open.pop() {
            if Instant::now() > self.deadline {
                self.is_complete = false;
                break;
            }
            let Ok(meta) = fs::symlink_metadata(&path) else { continue };
            // Allocated size, which is smaller than the length for sparse files.
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
