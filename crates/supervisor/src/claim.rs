//! Claims a run by taking its lock: no other supervisor can start it.

use std::io::Write;
use std::path::PathBuf;

use common::TaskStatus;

use super::orphans::kill_orphans;
use store::disk::{FileLock, create_folders};
use store::task::{TaskDir, file};
use store::{Error, Result};

/// A claimed run: its lock is held until this process ends.
pub(crate) struct Claim {
    pub dir: TaskDir,
    pub run_index: u32,
    /// Indices of the GPUs it may use, in the driver's order; empty if it requested none.
    pub gpus: Vec<u32>,
    _lock: FileLock,
}

impl Claim {
    /// `_pyruns_/<workspace>`.
    pub(crate) fn workspace_root(&self) -> PathBuf {
        let tasks = self.dir.tasks();
        tasks.parent().unwrap_or(tasks).to_owned()
    }

    /// `_pyruns_`.
    pub(crate) fn pyruns_dir(&self) -> PathBuf {
        let root = self.workspace_root();
        root.parent().unwrap_or(&root).to_owned()
    }
}

/// Takes the lock of the task's next run.
///
/// `None` when the task is not queued any more or another supervisor has the run.
pub(crate) fn claim(dir: TaskDir, gpus: &[u32]) -> Result<Option<Claim>> {
    let (info, _) = file::read(&dir)?;
    let run_index = info.run_index() + 1;
    if info.status() != TaskStatus::Queued {
        return Ok(None);
    }
    let logs = dir.run_logs();
    create_folders(&logs).map_err(Error::io("creating", &logs))?;
    let path = dir.run_lock(run_index);
    let was_tried = path.exists();
    let Some(lock) = FileLock::attempt(&path)? else {
        return Ok(None);
    };
    if was_tried {
        // A previous supervisor died after it started the child and before it recorded that.
        kill_orphans(&dir, run_index);
    }
    // Identifies the holder for users; the lock itself shows whether it is alive.
    let _ = writeln!(lock.file(), "{}", std::process::id());
    Ok(Some(Claim { dir, run_index, gpus: gpus.to_vec(), _lock: lock }))
}
