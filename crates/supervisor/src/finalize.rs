//! Computes the final state of a task at the end of its run.

use std::time::Duration;

use common::TaskStatus;
use common::failure::FailureSummary;
use common::message::EndText;

use super::banner;
use super::ending::{Ending, Outcome};
use logs::failure::{self, Cause, signal_name};
use metrics::{Folded, fold_at_end};
use store::task::{Run, RunEnd, RunOutcome, StoredEnd, TaskDir, TaskInfo, Transition};
use store::{Result, clock};

/// Writes the end of the newest run to `info`, and the banner to its log. Returns the status of the
/// run; a task that is retried is queued afterwards. The caller holds the task's lock.
///
/// # Errors
/// When the task is not running.
pub(crate) fn finalize(
    dir: &TaskDir,
    info: &mut TaskInfo,
    run_index: u32,
    ending: &Ending,
    results: RunResults,
) -> Result<TaskStatus> {
    let RunResults { folded, failure } = results;
    let cancelled = dir.cancel_marker(run_index).exists();
    let progress = folded.as_ref().and_then(Folded::progress);
    info.end_run(RunEnd {
        outcome: outcome_of(ending, cancelled, failure),
        finish_time: ending.finish_time.clone(),
        finished_at: ending.finished_at.clone(),
        duration_s: ending.duration.map(|duration| duration.as_secs_f64()),
        cpu_s: ending.usage.cpu_s,
        peak_memory_bytes: ending.usage.peak_memory_bytes,
    })?;
    let status = info.status();
    if status != TaskStatus::Completed {
        info.progress = progress.unwrap_or(info.progress);
    }
    let retry = match status {
        TaskStatus::Failed => retry_if_configured(info, ending)?,
        _ => None,
    };
    let Some(run) = info.runs.last_mut() else { return Ok(status) };
    if let (Some((retry, of)), RunOutcome::Failed { reason, .. }) = (retry, &mut run.outcome) {
        *reason = EndText::Retry.fill(&[&*reason, &retry, &of]);
    }
    if let Some(folded) = folded {
        folded.apply_to(run, &dir.journal_name(run_index));
    }
    // Written before the end of the run becomes visible: the log is complete then.
    banner::finish(dir, run_index, &ending.finish_time, status, &detail(run, ending.duration));
    Ok(status)
}

/// How the run ended for its task: a cancelled run is cancelled, whatever the child returned.
fn outcome_of(ending: &Ending, cancelled: bool, failure: Option<FailureSummary>) -> RunOutcome {
    let exit_code = ending.exit_code();
    match ending.outcome {
        _ if cancelled => RunOutcome::Cancelled { exit_code },
        Outcome::Exited(0) => RunOutcome::Completed { exit_code },
        _ => RunOutcome::Failed { reason: failure_reason(ending), exit_code, failure },
    }
}

/// The end in the form that is stored beside the log while the task's file cannot be written.
pub(crate) fn stored_end(
    dir: &TaskDir,
    run_index: u32,
    ending: &Ending,
    command: &str,
) -> StoredEnd {
    let outcome = outcome_of(ending, dir.cancel_marker(run_index).exists(), None);
    StoredEnd {
        status: outcome.status(),
        reason: outcome.reason().to_owned(),
        exit_code: outcome.exit_code(),
        finish_time: ending.finish_time.clone(),
        finished_at: ending.finished_at.clone(),
        duration_s: ending.duration.map(|duration| duration.as_secs_f64()),
        cpu_s: ending.usage.cpu_s,
        peak_memory_bytes: ending.usage.peak_memory_bytes,
        ending: serde_json::to_value(ending).unwrap_or_default(),
        command: command.to_owned(),
    }
}

/// Results read from the files of an ended run.
pub(crate) struct RunResults {
    folded: Option<Folded>,
    /// Why it failed; ignored if it was cancelled.
    failure: Option<FailureSummary>,
}

/// Reads the journal and the end of the log of a run. Called before the task's lock is taken,
/// because long files take time.
pub(crate) fn read_results(dir: &TaskDir, run_index: u32, ending: &Ending) -> RunResults {
    let folded = fold_at_end(dir, run_index).unwrap_or_else(|error| {
        tracing::warn!(%error, "could not fold a journal; it remains in the folder of the log");
        None
    });
    let failure = cause_of(ending).map(|cause| failure::summarize(dir, run_index, &cause));
    RunResults { folded, failure }
}

/// The cause of a failure; `None` if the run succeeded.
fn cause_of(ending: &Ending) -> Option<Cause> {
    Some(match &ending.outcome {
        Outcome::Exited(0) => return None,
        _ if ending.out_of_memory => Cause::OutOfMemory,
        Outcome::Exited(code) => Cause::Exited(Some(*code)),
        Outcome::Signalled(signal) => Cause::Signalled(signal_name(*signal)),
        Outcome::TimedOut(limit) => Cause::TimedOut(timed_out(*limit)),
        Outcome::NotStarted(why) => Cause::NotStarted(why.clone()),
        Outcome::Interrupted => Cause::Interrupted,
    })
}

fn timed_out(limit: Duration) -> String {
    EndText::TimedOut.fill(&[&common::timestamp::duration(limit.as_secs_f64())])
}

impl Ending {
    fn exit_code(&self) -> Option<i32> {
        match self.outcome {
            Outcome::Exited(code) => Some(code),
            _ => None,
        }
    }
}

fn failure_reason(ending: &Ending) -> String {
    let reason = match &ending.outcome {
        Outcome::Exited(code) => EndText::ExitCode.fill(&[code]),
        Outcome::Signalled(signal) => signal_name(*signal),
        Outcome::TimedOut(limit) => timed_out(*limit),
        Outcome::NotStarted(why) => why.clone(),
        Outcome::Interrupted => EndText::Interrupted.fill(&[]),
    };
    if ending.out_of_memory { EndText::OutOfMemory.fill(&[&reason]) } else { reason }
}

/// Queues a failed task again if its retry options apply. Returns the number of the retry, and of
/// all of them.
fn retry_if_configured(info: &mut TaskInfo, ending: &Ending) -> Result<Option<(u32, u32)>> {
    let retry = &info.options.retry;
    let exit_code = match ending.outcome {
        Outcome::Exited(code) => Some(code),
        Outcome::Signalled(_) | Outcome::TimedOut(_) => None,
        // It would not start the next time either; and an interrupted run needs the user's
        // attention.
        Outcome::NotStarted(_) | Outcome::Interrupted => return Ok(None),
    };
    let retries = info.state().attempt().retries;
    if retries >= retry.count || !retry.applies_to(exit_code, ending.out_of_memory) {
        return Ok(None);
    }
    let numbers = (retries + 1, retry.count);
    let delay = Duration::try_from_secs_f64(retry.delay_s).unwrap_or_default();
    let queued_at_us = clock::epoch_us();
    let delay_us = u64::try_from(delay.as_micros()).unwrap_or(u64::MAX);
    let not_before_us = (delay_us > 0).then(|| queued_at_us.saturating_add(delay_us));
    info.apply(Transition::Retry { queued_at_us, not_before_us })?;
    Ok(Some(numbers))
}

fn detail(run: &Run, duration: Option<Duration>) -> String {
    let mut detail = String::new();
    if let RunOutcome::Failed { reason, .. } = &run.outcome
        && !reason.is_empty()
    {
        detail.push_str(": ");
        detail.push_str(reason);
    }
    if let Some(duration) = duration {
        detail.push_str(", ");
        detail.push_str(&common::timestamp::duration(duration.as_secs_f64()));
    }
    detail
}
