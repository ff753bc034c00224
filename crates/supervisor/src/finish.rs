//! Writes the end of a run: final state, error log.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

use common::TaskStatus;
use common::message::EndText;

use super::active_run::ActiveRun;
use super::banner;
use super::claim::Claim;
use super::ending::Ending;
use super::finalize::{finalize, read_results, stored_end};
use super::orphans::kill_orphans;
use super::reserve::{self, Reserve};
use logs::failure::{self, Cause};
use store::disk::write_atomic;
use store::task::{Run, RunOutcome, TaskDir, TaskInfo, Transition, file};
use store::{Error, Result, clock};

/// How long writing the end of a run is retried while the disk accepts no data, and the interval.
const RETRY_TIMEOUT: Duration = Duration::from_hours(1);
const RETRY_INTERVAL: Duration = Duration::from_millis(250);

/// Writes the end of run `run_index`. Does nothing when its end is already written.
///
/// # Errors
/// The error of reading or writing.
pub(crate) fn finish(dir: &TaskDir, run_index: u32, ending: &Ending, command: &str) -> Result<()> {
    let results = read_results(dir, run_index, ending);
    file::update(dir, |info| {
        let open = info.status() == TaskStatus::Running && info.run_index() == run_index;
        if open && finalize(dir, info, run_index, ending, results)? == TaskStatus::Failed {
            log_failure(dir, info, command);
        }
        Ok(())
    })?;
    reserve::clear(dir, run_index);
    Ok(())
}

/// Like [`finish`], for the supervisor, which is the only process that knows how the run ended and
/// therefore does not exit before the end is written. While the disk is full, the end is stored in
/// the reserved space. If the task's file is invalid, it is replaced by its content at the start of
/// the run, and the invalid file is kept under another name.
///
/// # Errors
/// When the task is gone, or the disk accepts no data for an hour.
pub(crate) fn finish_with_retries(
    claim: &Claim,
    ending: &Ending,
    run: &ActiveRun,
    reserve: &mut Reserve,
) -> Result<()> {
    let (dir, run_index) = (&claim.dir, claim.run_index);
    let deadline = Instant::now() + RETRY_TIMEOUT;
    loop {
        match finish(dir, run_index, ending, &run.command) {
            Err(Error::Malformed { .. }) => {
                let broken = format!("{}.broken-{}", TaskDir::INFO, clock::local_stamp());
                let broken = dir.path().join(broken);
                // Linked or copied first, so that the task exists at every moment. If this fails,
                // the next attempt returns the error.
                let _ = fs::hard_link(dir.info(), &broken)
                    .or_else(|_| fs::copy(dir.info(), &broken).map(drop));
                let _ = write_atomic(&dir.info(), run.info.to_text().as_bytes());
            }
            Err(Error::Io { source, .. })
                if source.kind() != ErrorKind::NotFound && Instant::now() < deadline =>
            {
                reserve.store(&stored_end(dir, run_index, ending, &run.command));
            }
            result => return result,
        }
        std::thread::sleep(RETRY_INTERVAL);
    }
}

/// Appends the newest run of a task to its error log. Called under the task's lock, so that the
/// entry exists when the failure becomes visible.
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

/// Fails a queued task whose supervisor died before it reported the start. A run that had already
/// begun is `interrupted`, whatever `why` says.
///
/// # Errors
/// When the task's file cannot be written.
pub fn fail_unstarted(dir: &TaskDir, why: &str) -> Result<()> {
    file::update(dir, |info| {
        if info.status() != TaskStatus::Queued {
            return Ok(());
        }
        // The supervisor may have died right after it started the child.
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
                reason: if begun { EndText::Interrupted.template() } else { why }.to_owned(),
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
