//! Writing how a run ended: final state, error log.

use std::path::Path;

use common::TaskStatus;

use super::interrupted::kill_orphans;
use super::settle::settle;
use super::{Ending, banner};
use crate::task::{Run, TaskDir, TaskInfo, store};
use crate::{Result, clock};

/// Writes the end of run `run_index`. Does nothing when its end is already written.
pub(super) fn finish(dir: &TaskDir, run_index: u32, ending: &Ending, command: &str) -> Result<()> {
    let ended = store::update(dir, |info| {
        let open = info.status == TaskStatus::Running && info.run_index() == run_index;
        Ok(open.then(|| settle(dir, info, run_index, ending)))
    })?;
    if ended.answer == Some(TaskStatus::Failed) {
        log_failure(dir, &ended.info, command);
    }
    Ok(())
}

/// Appends to the task's error log what is known of its newest run.
pub(super) fn log_failure(dir: &TaskDir, info: &TaskInfo, command: &str) {
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

/// A queued task whose supervisor is gone without a word. What had begun already is `interrupted`,
/// whatever `why` says.
///
/// # Errors
/// When the task's file cannot be written.
pub(crate) fn fail_unstarted(dir: &TaskDir, why: &str) -> Result<()> {
    let failed = store::update(dir, |info| {
        if info.status != TaskStatus::Queued {
            return Ok(false);
        }
        // It may have died right after the start of its child.
        let run_index = info.run_index() + 1;
        kill_orphans(dir, run_index);
        let begun = dir.log(run_index).exists();
        let now = clock::local_stamp();
        info.status = TaskStatus::Failed;
        info.queued_at_us = None;
        info.not_before_us = None;
        info.runs.push(Run {
            start_time: now.clone(),
            finish_time: now,
            reason: if begun { "interrupted" } else { why }.to_owned(),
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
