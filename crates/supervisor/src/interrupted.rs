//! A run that says `running` while nobody supervises it.

use common::TaskStatus;

use super::ending::{Ending, Outcome};
use super::finish;
use super::orphans::kill_orphans;
use super::tree::pid_of;
use super::usage::Usage;
use store::Result;
use store::disk::FileLock;
use store::task::{KeptEnd, TaskDir, file};

/// Ends what is left of a run without a supervisor and writes its end: `cancelled` when that was
/// asked for, else `failed`, interrupted; or how the supervisor has seen it end, where it could not write
/// that. Does nothing while a supervisor lives.
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
    if !lock_path.exists() && written_by_others_and_alive(&info) {
        return Ok(());
    }
    let Some(_lock) = FileLock::attempt(&lock_path)? else {
        return Ok(());
    };
    kill_orphans(dir, run_index);
    if let Some(end) = KeptEnd::read(dir, run_index)
        && let Ok(ending) = serde_json::from_value::<Ending>(end.ending)
    {
        return finish::finish(dir, run_index, &ending, &end.command);
    }
    let ending = Ending::now(Outcome::Interrupted, None, Usage::default(), false);
    finish::finish(dir, run_index, &ending, "")
}

/// Runs of other programs have no lock of ours; they are left alone while their process lives.
fn written_by_others_and_alive(info: &store::task::TaskInfo) -> bool {
    let pid = info.runs.last().and_then(|run| run.pid).and_then(pid_of);
    pid.is_some_and(|pid| rustix::process::test_kill_process(pid).is_ok())
}
