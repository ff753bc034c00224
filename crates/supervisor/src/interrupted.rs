//! Reconciles a run that is recorded as running but has no supervisor.

use common::TaskStatus;

use super::ending::{Ending, Outcome};
use super::finish;
use super::orphans::kill_orphans;
use super::tree::pid_of;
use super::usage::Usage;
use store::Result;
use store::disk::FileLock;
use store::task::{StoredEnd, TaskDir, file};

/// Kills the remaining processes of a run without a supervisor and writes its end: the end stored
/// by the supervisor, if there is one; else `cancelled` if a cancel was requested; else `failed`,
/// interrupted. Does nothing while a supervisor is alive.
///
/// # Errors
/// When the task's files cannot be read or written.
pub fn reconcile(dir: &TaskDir) -> Result<()> {
    let (info, _) = file::read_file(dir)?;
    let run_index = info.run_index();
    if info.status() != TaskStatus::Running || run_index == 0 {
        return Ok(());
    }
    let lock_path = dir.run_lock(run_index);
    if !lock_path.exists() && is_foreign_and_alive(&info) {
        return Ok(());
    }
    let Some(_lock) = FileLock::attempt(&lock_path)? else {
        return Ok(());
    };
    kill_orphans(dir, run_index);
    if let Some(end) = StoredEnd::read(dir, run_index)
        && let Ok(ending) = serde_json::from_value::<Ending>(end.ending)
    {
        return finish::finish(dir, run_index, &ending, &end.command);
    }
    let ending = Ending::now(Outcome::Interrupted, None, Usage::default(), false);
    finish::finish(dir, run_index, &ending, "")
}

/// Runs of other programs do not have our lock; they are left alone while their process is alive.
fn is_foreign_and_alive(info: &store::task::TaskInfo) -> bool {
    let pid = info.runs.last().and_then(|run| run.pid).and_then(pid_of);
    pid.is_some_and(|pid| rustix::process::test_kill_process(pid).is_ok())
}
