//! Writing how a run ended: log banner, folded journal, final state, error log.

use std::path::Path;
use std::time::Duration;

use common::TaskStatus;

use super::{Outcome, banner};
use crate::metric::merge_journal;
use crate::task::{Run, TaskDir, TaskInfo, store};
use crate::{Result, clock};

/// Writes the end of run `run_index`. Does nothing when its end is already written.
pub(super) fn finish(
    dir: &TaskDir,
    run_index: u32,
    outcome: &Outcome,
    duration: Option<Duration>,
    command: &str,
) -> Result<()> {
    let finish_time = clock::local_stamp();
    let ended = store::update(dir, |info| {
        let open = info.status == TaskStatus::Running && info.run_index() == run_index;
        let Some(run) = info.runs.last_mut().filter(|_| open) else {
            return Ok(None);
        };
        let cancelled = dir.cancel_marker(run_index).exists();
        if let Err(error) = merge_journal(&dir.journal(run_index), run) {
            tracing::warn!(%error, "could not fold a journal; it stays beside the log");
        }
        let status = settle(run, outcome, cancelled);
        run.finish_time.clone_from(&finish_time);
        run.finished_at = clock::utc_stamp();
        run.duration_s = duration.map(|duration| duration.as_secs_f64());
        info.status = status;
        if status == TaskStatus::Completed {
            info.progress = 1.0;
        }
        // The log is complete before anybody can see that the run has ended.
        let detail = detail(info, duration);
        banner::finish(dir, run_index, &finish_time, status, &detail);
        Ok(Some(status))
    })?;
    if ended.answer == Some(TaskStatus::Failed) {
        log_failure(dir, &ended.info, command);
    }
    Ok(())
}

/// The status and reason that an outcome amounts to.
fn settle(run: &mut Run, outcome: &Outcome, cancelled: bool) -> TaskStatus {
    run.exit_code = match outcome {
        Outcome::Exited(code) => Some(*code),
        _ => None,
    };
    run.reason = match outcome {
        _ if cancelled => "cancelled".to_owned(),
        Outcome::Exited(0) => String::new(),
        Outcome::Exited(code) => format!("exit code {code}"),
        Outcome::Signalled(signal) => signal_name(*signal),
        Outcome::NotStarted(why) => why.clone(),
        Outcome::Interrupted => "interrupted".to_owned(),
    };
    match outcome {
        _ if cancelled => TaskStatus::Cancelled,
        Outcome::Exited(0) => TaskStatus::Completed,
        _ => TaskStatus::Failed,
    }
}

fn detail(info: &TaskInfo, duration: Option<Duration>) -> String {
    let reason = info.runs.last().map(|run| run.reason.as_str()).unwrap_or_default();
    let mut detail = String::new();
    if !reason.is_empty() && reason != "cancelled" {
        detail.push_str(": ");
        detail.push_str(reason);
    }
    if let Some(duration) = duration {
        detail.push_str(", ");
        detail.push_str(&common::timestamp::duration(duration.as_secs_f64()));
    }
    detail
}

fn log_failure(dir: &TaskDir, info: &TaskInfo, command: &str) {
    let Some(run) = info.runs.last() else { return };
    let workdir = info.script.as_deref().and_then(|script| Path::new(script).parent());
    let entry = format!(
        "[{}] run{} failed: {}\n  exit code: {}\n  command: {}\n  workdir: {}\n",
        common::timestamp::readable(&run.finish_time),
        info.run_index(),
        run.reason,
        run.exit_code.map_or_else(|| "none".to_owned(), |code| code.to_string()),
        if command.is_empty() { "unknown" } else { command },
        workdir.map_or_else(|| "the project's folder".into(), |dir| dir.to_string_lossy()),
    );
    banner::append(&dir.error_log(), &entry);
}

/// A queued task whose supervisor could not even claim its run.
///
/// # Errors
/// When the task's file cannot be written.
pub(crate) fn fail_unstarted(dir: &TaskDir, why: &str) -> Result<()> {
    let failed = store::update(dir, |info| {
        if info.status != TaskStatus::Queued {
            return Ok(false);
        }
        let now = clock::local_stamp();
        info.status = TaskStatus::Failed;
        info.queued_at_us = None;
        info.runs.push(Run {
            start_time: now.clone(),
            finish_time: now,
            reason: why.to_owned(),
            duration_s: Some(0.0),
            ..Run::default()
        });
        Ok(true)
    })?;
    if failed.answer {
        log_failure(dir, &failed.info, "");
    }
    Ok(())
}

/// The name that signal(7) gives a signal.
fn signal_name(signal: i32) -> String {
    let name = match signal {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        14 => "SIGALRM",
        15 => "SIGTERM",
        24 => "SIGXCPU",
        25 => "SIGXFSZ",
        31 => "SIGSYS",
        other => return format!("signal {other}"),
    };
    name.to_owned()
}
