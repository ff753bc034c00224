//! The beginning of a run: the child is started and the task marked in one step.

use std::time::{Duration, Instant};

use common::TaskStatus;
use rustix::process::Signal;

use super::active_run::ActiveRun;
use super::claim::Claim;
use super::ending::{Ending, Outcome};
use super::prepare::Prepared;
use super::reserve::Reserve;
use super::settle::{learn, settle};
use super::tree::signal_all;
use super::usage::Usage;
use super::{banner, child, finish, memory, wait};
use store::task::{Run, TaskInfo, Transition, file};
use store::{Result, clock};

/// A run that ends sooner is noted once, with its end: most of its time would be spent on noting
/// its beginning. Python takes 30 ms to start, 80 where every core is busy. It is also how long a change
/// of a task may have to wait for the task's lock.
const BRIEF: Duration = Duration::from_millis(100);

/// Starts the run of a claim. `None` when there is nothing to wait for: the task is not queued any
/// more, the child could not be started, or it has ended already.
///
/// All of it happens under the task's lock, so that a cancel comes before it or finds it running.
/// If we die in between, the child is found by its environment when the run is claimed again or
/// given up.
pub(crate) fn begin(
    claim: &Claim,
    prepared: Prepared,
    reserve: &Reserve,
) -> Result<Option<ActiveRun>> {
    let mut active = None;
    let mut command = String::new();
    let mut ended_at_once = None;
    let noted = file::update(&claim.dir, |info| {
        let ours = info.status() == TaskStatus::Queued && info.run_index() + 1 == claim.run_index;
        if !ours {
            return Ok(());
        }
        note(claim, info)?;
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
                let (duration, usage) = (Some(begun.elapsed()), Usage::default());
                let ending = Ending::now(outcome, duration, usage, false);
                ended_at_once = info.runs.last().cloned().map(|run| (run, ending.clone()));
                settle_now(claim, info, &ending, &command)?;
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
        let patience = run.timeout.map_or(BRIEF, |limit| limit.min(BRIEF));
        match wait::briefly(&mut run.started, patience) {
            Some(outcome) => {
                let ending = run.ending(claim, outcome);
                ended_at_once = info.runs.last().cloned().map(|run| (run, ending.clone()));
                settle_now(claim, info, &ending, &command)?;
            }
            None => active = Some(run),
        }
        Ok(())
    });
    match noted {
        Ok(_) => Ok(active),
        Err(error) => {
            // A run that nobody can see must not go on.
            if let Some(mut run) = active {
                signal_all(run.started.child.id(), Signal::KILL);
                let _ = run.started.child.wait();
            }
            let Some((run, ending)) = ended_at_once else { return Err(error) };
            // It is over and must not run again: what was reserved for its end is there for this.
            reserve.give_up();
            note_again(claim, run, &ending, &command).map(|()| None)
        }
    }
}

/// Notes a run that began and ended when its task's file could not be written.
fn note_again(claim: &Claim, run: Run, ending: &Ending, command: &str) -> Result<()> {
    file::update(&claim.dir, |info| {
        if info.status() == TaskStatus::Queued && info.run_index() + 1 == claim.run_index {
            note(claim, info)?;
            if let Some(last) = info.runs.last_mut() {
                *last = run;
            }
            settle_now(claim, info, ending, command)?;
        }
        Ok(())
    })
    .map(drop)
}

/// The end of a run that is written in one with its beginning.
fn settle_now(claim: &Claim, info: &mut TaskInfo, ending: &Ending, command: &str) -> Result<()> {
    // It went on for milliseconds: its journal and its log are short.
    let learned = learn(&claim.dir, claim.run_index, ending);
    if settle(&claim.dir, info, claim.run_index, ending, learned)? == TaskStatus::Failed {
        finish::log_failure(&claim.dir, info, command);
    }
    Ok(())
}

fn note(claim: &Claim, info: &mut TaskInfo) -> Result<()> {
    info.apply(Transition::Begin)?;
    info.runs.push(Run {
        start_time: clock::local_stamp(),
        started_at: clock::utc_stamp(),
        gpus: claim.gpus.clone(),
        ..Run::default()
    });
    Ok(())
}
