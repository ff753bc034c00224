//! Writing how a run ended: final state, error log.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

use common::TaskStatus;

use super::active_run::ActiveRun;
use super::banner;
use super::claim::Claim;
use super::ending::Ending;
use super::orphans::kill_orphans;
use super::reserve::{self, Reserve};
use super::settle::{kept_end, learn, settle};
use logs::failure::{self, Cause};
use store::disk::write_atomic;
use store::task::{Run, RunOutcome, TaskDir, TaskInfo, Transition, file};
use store::{Error, Result, clock};

/// How long the end of a run is held for a disk that takes nothing, and how often it is tried.
const PATIENCE: Duration = Duration::from_hours(1);
const TRY_AGAIN: Duration = Duration::from_millis(250);

/// Writes the end of run `run_index`. Does nothing when its end is already written.
///
/// # Errors
/// What reading and writing say.
pub(crate) fn finish(dir: &TaskDir, run_index: u32, ending: &Ending, command: &str) -> Result<()> {
    let learned = learn(dir, run_index, ending);
    file::update(dir, |info| {
        let open = info.status() == TaskStatus::Running && info.run_index() == run_index;
        if open && settle(dir, info, run_index, ending, learned)? == TaskStatus::Failed {
            log_failure(dir, info, command);
        }
        Ok(())
    })?;
    reserve::clear(dir, run_index);
    Ok(())
}

/// The same by the supervisor, who alone knows how it ended and does not leave before it is written:
/// not while the disk is full, when it keeps it in the reserved room meanwhile, and not because the file was made nonsense meanwhile; then what it knew
/// at the `start` is put in its place, and what stood there is kept beside it.
///
/// # Errors
/// When the task is gone, or the disk takes nothing for an hour.
pub(crate) fn finish_surely(
    claim: &Claim,
    ending: &Ending,
    run: &ActiveRun,
    reserve: &mut Reserve,
) -> Result<()> {
    let (dir, run_index) = (&claim.dir, claim.run_index);
    let deadline = Instant::now() + PATIENCE;
    loop {
        match finish(dir, run_index, ending, &run.command) {
            Err(Error::Malformed { .. }) => {
                let broken = format!("{}.broken-{}", TaskDir::INFO, clock::local_stamp());
                let broken = dir.path().join(broken);
                // Kept before it is replaced, so that there is a task at every moment. Where even that
                // is refused, the next round says why.
                let _ = fs::hard_link(dir.info(), &broken)
                    .or_else(|_| fs::copy(dir.info(), &broken).map(drop));
                let _ = write_atomic(&dir.info(), run.info.to_text().as_bytes());
            }
            Err(Error::Io { source, .. })
                if source.kind() != ErrorKind::NotFound && Instant::now() < deadline =>
            {
                reserve.keep(&kept_end(dir, run_index, ending, &run.command));
            }
            ended => return ended,
        }
        std::thread::sleep(TRY_AGAIN);
    }
}

/// Appends to the task's error log what is known of its newest run: under the task's lock, so that it
/// stands there when the failure shows.
pub(crate) fn log_failure(dir: &TaskDir, info: &TaskInfo, command: &str) {
    let Some(run) = info.runs.last() else { return };
    let workdir = info.script.as_deref().and_then(|script| Path::new(script).parent());
    let entry = format!(
        "[{}] run{} failed: {}\n  exit code: {}\n  command: {}\n  workdir: {}\n",
        common::timestamp::readable(&run.finish_time),
        info.run_index(),
        run.outcome.reason(),
        run.outcome.exit_code().map_or_else(|| "none".to_owned(), |code| code.to_string()),
        if command.is_empty() { "unknown" } else { command },
        workdir.map_or_else(|| "the project's folder".into(), |dir| dir.to_string_lossy()),
    );
    banner::append(&dir.error_log(), &entry);
}

/// A queued task whose supervisor is gone without a word. What had begun already is `interrupted`,
/// whatever `why` says.
///
/// # Errors
/// When the task's file cannot be written.
pub fn fail_unstarted(dir: &TaskDir, why: &str) -> Result<()> {
    file::update(dir, |info| {
        if info.status() != TaskStatus::Queued {
            return Ok(());
        }
        // It may have died right after the start of its child.
        let run_index = info.run_index() + 1;
        kill_orphans(dir, run_index);
        let begun = dir.log(run_index).exists();
        let cause = match begun {
            true => Cause::Interrupted,
            false => Cause::NotStarted(why.to_owned()),
        };
        let now = clock::local_stamp();
        info.apply(Transition::Fail)?;
        info.runs.push(Run {
            start_time: now.clone(),
            finish_time: now,
            outcome: RunOutcome::Failed {
                reason: if begun { "interrupted" } else { why }.to_owned(),
                exit_code: None,
                failure: Some(failure::summarize(dir, run_index, &cause)),
            },
            duration_s: Some(0.0),
            ..Run::default()
        });
        log_failure(dir, info, "");
        Ok(())
    })?;
    Ok(())
}
