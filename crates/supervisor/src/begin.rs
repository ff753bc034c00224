//! Starts a run: the child is started and the task is marked as running, under one lock of the
//! task.

use std::time::{Duration, Instant};

use common::TaskStatus;
use rustix::process::Signal;

use super::active_run::ActiveRun;
use super::claim::Claim;
use super::ending::{Ending, Outcome};
use super::finalize::{finalize, read_results};
use super::prepare::Prepared;
use super::reserve::Reserve;
use super::tree::signal_all;
use super::usage::Usage;
use super::{banner, child, finish, memory, wait};
use store::task::{Run, TaskInfo, Transition, file};
use store::{Result, clock};

/// A run that ends within this time is written once, together with its end: writing its start would
/// take most of its time. Python takes 30 ms to start, 80 ms on a busy machine. This is also the
/// maximum time for which starting a run delays other changes of the task.
const SHORT_RUN: Duration = Duration::from_millis(100);

/// Starts the run of a claim. Returns `None` when there is nothing to wait for: the task is no
/// longer queued, the child could not be started, or it has already ended.
///
/// Everything happens under the task's lock, so that a cancel either comes first or finds the task
/// running. If the supervisor dies in between, the child is found by its environment when the run
/// is claimed again or failed.
pub(crate) fn begin(
    claim: &Claim,
    prepared: Prepared,
    reserve: &Reserve,
) -> Result<Option<ActiveRun>> {
    let mut active = None;
    let mut command = String::new();
    let mut ended_at_once = None;
    let updated = file::update(&claim.dir, |info| {
        if !is_claimed(claim, info) {
            return Ok(());
        }
        mark_running(claim, info)?;
        banner::start(claim, info);
        let begun = Instant::now();
        let grace = prepared.settings.cancel_grace();
        let sample_interval_s = prepared.settings.sample_interval_s;
        let plan = prepared.plan_for(claim, info);
        command = plan.as_ref().map(ToString::to_string).unwrap_or_default();
        let started = match plan.and_then(|plan| child::spawn(claim, info, &plan)) {
            Ok(started) => started,
            Err(error) => {
                let outcome = Outcome::NotStarted(error.to_string());
                let ending = Ending::now(outcome, Some(begun.elapsed()), Usage::default(), false);
                ended_at_once = info.runs.last().cloned().map(|run| (run, ending.clone()));
                finalize_short_run(claim, info, &ending, &command)?;
                return Ok(());
            }
        };
        if let Some(run) = info.runs.last_mut() {
            run.pid = Some(started.child.id());
        }
        let mut run = ActiveRun {
            started,
            begun,
            grace,
            timeout: info.options.timeout_s.and_then(|s| Duration::try_from_secs_f64(s).ok()),
            sample_interval_s,
            info: info.clone(),
            command: command.clone(),
            kills_before: memory::kills(),
            wake: None,
        };
        let timeout = run.timeout.map_or(SHORT_RUN, |limit| limit.min(SHORT_RUN));
        match wait::for_short_run(&mut run.started, timeout) {
            Some(outcome) => {
                let ending = run.ending(claim, outcome);
                ended_at_once = info.runs.last().cloned().map(|run| (run, ending.clone()));
                finalize_short_run(claim, info, &ending, &command)?;
            }
            None => active = Some(run),
        }
        Ok(())
    });
    match updated {
        Ok(_) => Ok(active),
        Err(error) => {
            if let Some(run) = active {
                kill_unrecorded(run);
            }
            let Some((run, ending)) = ended_at_once else { return Err(error) };
            // It has ended and must not run again: free the reserved space for writing its end.
            reserve.release();
            write_short_run(claim, run, &ending, &command).map(|()| None)
        }
    }
}

/// Kills a run that cannot be recorded, so that no client could see or cancel it.
fn kill_unrecorded(mut run: ActiveRun) {
    signal_all(run.started.child.id(), Signal::KILL);
    let _ = run.started.child.wait();
}

/// Writes a run that began and ended while its task's file could not be written.
fn write_short_run(claim: &Claim, run: Run, ending: &Ending, command: &str) -> Result<()> {
    file::update(&claim.dir, |info| {
        if is_claimed(claim, info) {
            mark_running(claim, info)?;
            if let Some(last) = info.runs.last_mut() {
                *last = run;
            }
            finalize_short_run(claim, info, ending, command)?;
        }
        Ok(())
    })
    .map(drop)
}

/// Finalizes a run whose end is written together with its start.
fn finalize_short_run(
    claim: &Claim,
    info: &mut TaskInfo,
    ending: &Ending,
    command: &str,
) -> Result<()> {
    // It ran for milliseconds: its journal and its log are short.
    let results = read_results(&claim.dir, claim.run_index, ending);
    if finalize(&claim.dir, info, claim.run_index, ending, results)? == TaskStatus::Failed {
        finish::log_failure(&claim.dir, info, command);
    }
    Ok(())
}

/// Whether the task still waits for the run of the claim.
fn is_claimed(claim: &Claim, info: &TaskInfo) -> bool {
    info.status() == TaskStatus::Queued && info.run_index() + 1 == claim.run_index
}

fn mark_running(claim: &Claim, info: &mut TaskInfo) -> Result<()> {
    info.apply(Transition::Begin)?;
    info.runs.push(Run {
        start_time: clock::local_stamp(),
        started_at: clock::utc_stamp(),
        gpus: claim.gpus.clone(),
        ..Run::default()
    });
    Ok(())
}
