//! Claiming a run: from here on nobody else can start it.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use common::TaskStatus;

use crate::disk::FileLock;
use crate::task::{Run, TaskDir, TaskInfo, store};
use crate::{Error, Result, clock};

/// A run that is ours: its lock is held until the process ends.
pub(super) struct Claim {
    pub(super) dir: TaskDir,
    pub(super) run_index: u32,
    pub(super) info: TaskInfo,
    _lock: FileLock,
}

impl Claim {
    /// `_pyruns_/<workspace>`.
    pub(super) fn workspace_root(&self) -> PathBuf {
        let tasks = self.dir.path().parent();
        tasks.and_then(|tasks| tasks.parent()).unwrap_or(self.dir.path()).to_owned()
    }

    /// `_pyruns_`.
    pub(super) fn pyruns_dir(&self) -> PathBuf {
        let root = self.workspace_root();
        root.parent().unwrap_or(&root).to_owned()
    }
}

/// Takes the lock of the task's next run and marks the task running.
///
/// `None` when the task is not queued any more or another supervisor has the run.
pub(super) fn claim(dir: TaskDir) -> Result<Option<Claim>> {
    let (info, _) = store::read(&dir)?;
    let run_index = info.run_index() + 1;
    if info.status != TaskStatus::Queued {
        return Ok(None);
    }
    let logs = dir.run_logs();
    fs::create_dir_all(&logs).map_err(Error::io("creating", &logs))?;
    let Some(lock) = FileLock::attempt(&dir.run_lock(run_index))? else {
        return Ok(None);
    };
    // Who holds it, for people who look; liveness is the lock itself.
    let _ = writeln!(lock.file(), "{}", std::process::id());
    let claimed = store::update(&dir, |info| {
        let ours = info.status == TaskStatus::Queued && info.run_index() + 1 == run_index;
        if ours {
            info.status = TaskStatus::Running;
            info.progress = 0.0;
            info.queued_at_us = None;
            info.runs.push(Run {
                start_time: clock::local_stamp(),
                started_at: clock::utc_stamp(),
                ..Run::default()
            });
        }
        Ok(ours)
    })?;
    let info = claimed.info;
    Ok(claimed.answer.then_some(Claim { dir, run_index, info, _lock: lock }))
}
