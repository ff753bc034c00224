//! What the end of a run makes of its task.

use std::time::Duration;

use common::TaskStatus;
use common::failure::FailureSummary;

use super::banner;
use super::ending::{Ending, Outcome};
use logs::failure::{self, Cause, signal_name};
use metrics::{Folded, fold_at_end};
use store::clock;
use store::task::{KeptEnd, Run, TaskDir, TaskInfo};

/// Puts the end of the newest run into the task's file, and the banner into its log. Answers the
/// status of the run; a task that is tried again is queued afterwards. Under the task's lock.
pub(crate) fn settle(
    dir: &TaskDir,
    info: &mut TaskInfo,
    run_index: u32,
    ending: &Ending,
    learned: Learned,
) -> TaskStatus {
    let Learned { folded, failure } = learned;
    let cancelled = dir.cancel_marker(run_index).exists();
    let status = status_of(&ending.outcome, cancelled);
    let mut reason = reason_of(ending, cancelled);
    info.status = status;
    if status == TaskStatus::Failed {
        reason.push_str(&try_again(info, ending).unwrap_or_default());
    }
    let said = folded.as_ref().and_then(Folded::progress);
    info.progress =
        if status == TaskStatus::Completed { 1.0 } else { said.unwrap_or(info.progress) };
    let Some(run) = info.runs.last_mut() else { return status };
    if let Some(folded) = folded {
        folded.put_into(run, &dir.journal_name(run_index));
    }
    run.finish_time.clone_from(&ending.finish_time);
    run.finished_at.clone_from(&ending.finished_at);
    run.duration_s = ending.duration.map(|duration| duration.as_secs_f64());
    run.exit_code = ending.exit_code();
    run.cpu_s = ending.usage.cpu_s;
    run.peak_memory_bytes = ending.usage.peak_memory_bytes;
    run.reason = reason;
    run.failure = failure.filter(|_| status == TaskStatus::Failed);
    // The log is complete before anybody can see that the run has ended.
    banner::finish(dir, run_index, &ending.finish_time, status, &detail(run, ending.duration));
    status
}

/// The same as far as it can be kept beside the log while the task's file cannot be written.
pub(crate) fn kept_end(dir: &TaskDir, run_index: u32, ending: &Ending, command: &str) -> KeptEnd {
    let cancelled = dir.cancel_marker(run_index).exists();
    KeptEnd {
        status: status_of(&ending.outcome, cancelled),
        reason: reason_of(ending, cancelled),
        exit_code: ending.exit_code(),
        finish_time: ending.finish_time.clone(),
        finished_at: ending.finished_at.clone(),
        duration_s: ending.duration.map(|duration| duration.as_secs_f64()),
        cpu_s: ending.usage.cpu_s,
        peak_memory_bytes: ending.usage.peak_memory_bytes,
        ending: serde_json::to_value(ending).unwrap_or_default(),
        command: command.to_owned(),
    }
}

/// What the files of an ended run tell.
pub(crate) struct Learned {
    folded: Option<Folded>,
    /// Why it failed, unless it was cancelled.
    failure: Option<FailureSummary>,
}

/// Reads the journal and the end of the log of a run. Before the task's lock is taken: long ones take
/// their time.
pub(crate) fn learn(dir: &TaskDir, run_index: u32, ending: &Ending) -> Learned {
    let folded = fold_at_end(dir, run_index).unwrap_or_else(|error| {
        tracing::warn!(%error, "could not fold a journal; it stays beside the log");
        None
    });
    let failure = cause_of(ending).map(|cause| failure::summarize(dir, run_index, &cause));
    Learned { folded, failure }
}

/// What made a run fail; nothing when it did not.
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
    format!("timed out after {}", common::timestamp::duration(limit.as_secs_f64()))
}

impl Ending {
    fn exit_code(&self) -> Option<i32> {
        match self.outcome {
            Outcome::Exited(code) => Some(code),
            _ => None,
        }
    }
}

fn status_of(outcome: &Outcome, cancelled: bool) -> TaskStatus {
    match outcome {
        _ if cancelled => TaskStatus::Cancelled,
        Outcome::Exited(0) => TaskStatus::Completed,
        _ => TaskStatus::Failed,
    }
}

fn reason_of(ending: &Ending, cancelled: bool) -> String {
    let reason = match &ending.outcome {
        _ if cancelled => return "cancelled".to_owned(),
        Outcome::Exited(0) => return String::new(),
        Outcome::Exited(code) => format!("exit code {code}"),
        Outcome::Signalled(signal) => signal_name(*signal),
        Outcome::TimedOut(limit) => timed_out(*limit),
        Outcome::NotStarted(why) => why.clone(),
        Outcome::Interrupted => "interrupted".to_owned(),
    };
    if ending.out_of_memory { format!("out of memory: {reason}") } else { reason }
}

/// Queues a failed task again where its options say so. Answers what is to be said of it.
fn try_again(info: &mut TaskInfo, ending: &Ending) -> Option<String> {
    let retry = &info.options.retry;
    let exit_code = match ending.outcome {
        Outcome::Exited(code) => Some(code),
        Outcome::Signalled(_) | Outcome::TimedOut(_) => None,
        // It would not start the next time either; and what was interrupted is for people to see.
        Outcome::NotStarted(_) | Outcome::Interrupted => return None,
    };
    if info.retries >= retry.count || !retry.applies_to(exit_code, ending.out_of_memory) {
        return None;
    }
    let delay = Duration::try_from_secs_f64(retry.delay_s).unwrap_or_default();
    let now_us = clock::epoch_us();
    let delay_us = u64::try_from(delay.as_micros()).unwrap_or(u64::MAX);
    info.retries += 1;
    let text = format!("; retry {} of {} follows", info.retries, retry.count);
    info.status = TaskStatus::Queued;
    info.queued_at_us = Some(now_us);
    info.not_before_us = (delay_us > 0).then(|| now_us.saturating_add(delay_us));
    Some(text)
}

fn detail(run: &Run, duration: Option<Duration>) -> String {
    let mut detail = String::new();
    if !run.reason.is_empty() && run.reason != "cancelled" {
        detail.push_str(": ");
        detail.push_str(&run.reason);
    }
    if let Some(duration) = duration {
        detail.push_str(", ");
        detail.push_str(&common::timestamp::duration(duration.as_secs_f64()));
    }
    detail
}
