//! Waits for the end of tasks and reports the changes of their states.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use common::page::TaskQuery;
use common::timestamp::duration;
use common::{Task, TaskName, TaskStatus};
use engine::{Engine, Subscription, WorkspaceSelector};
use tokio::time::timeout;

use super::failure::{ExitStatus, Failure};

/// How often the tasks are read even if no event arrives, because events of other processes may be lost.
const POLL: Duration = Duration::from_secs(1);

/// Tasks whose end is awaited.
pub(crate) struct Awaited<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) workspace: &'a WorkspaceSelector,
    pub(crate) names: &'a [TaskName],
    pub(crate) limit: Option<Duration>,
}

impl Awaited<'_> {
    /// Waits until none of the tasks is queued or running, and calls `changed` with each task whose status has
    /// changed. Returns the ended tasks in the given order.
    ///
    /// # Errors
    /// If a task was deleted, the time limit was reached, or the user interrupted the command.
    pub(crate) async fn until_ended(
        &self,
        mut events: Subscription,
        mut changed: impl FnMut(&Task) -> Result<(), Failure>,
    ) -> Result<Vec<Task>, Failure> {
        let began = Instant::now();
        let mut seen: HashMap<String, TaskStatus> = HashMap::new();
        loop {
            let tasks = self.tasks()?;
            for task in &tasks {
                if seen.insert(task.name.clone(), task.status) != Some(task.status) {
                    changed(task)?;
                }
            }
            if tasks.iter().all(|task| !task.status.is_active()) {
                return Ok(tasks);
            }
            let left = self.limit.map(|limit| limit.saturating_sub(began.elapsed()));
            if left == Some(Duration::ZERO) {
                let text = format!("{} did not end in time.", self.active(&tasks));
                return Err(Failure::new(ExitStatus::TimedOut, text));
            }
            tokio::select! {
                _ = timeout(left.map_or(POLL, |left| left.min(POLL)), events.next()) => {}
                _ = tokio::signal::ctrl_c() => {
                    return Err(Failure::new(ExitStatus::Interrupted, self.active(&tasks)));
                }
            }
        }
    }

    fn tasks(&self) -> Result<Vec<Task>, Failure> {
        if let [name] = self.names {
            return Ok(vec![self.engine.get_task(self.workspace, name)?]);
        }
        let query = TaskQuery { limit: 0, compact: true, ..TaskQuery::default() };
        let page = self.engine.list_tasks(self.workspace, &query)?;
        let mut by_name: HashMap<String, Task> =
            page.items.into_iter().map(|task| (task.name.clone(), task)).collect();
        let take = |name: &TaskName| {
            by_name.remove(name.as_str()).ok_or_else(|| {
                Failure::not_found(format!("Task '{name}' was deleted while it was awaited."))
            })
        };
        self.names.iter().map(take).collect()
    }

    /// The tasks that have not ended, as the subject of a sentence.
    fn active(&self, tasks: &[Task]) -> String {
        let active: Vec<&str> = tasks
            .iter()
            .filter(|task| task.status.is_active())
            .map(|task| task.name.as_str())
            .collect();
        match active.as_slice() {
            [one] => format!("Task {one}"),
            several => format!("{} tasks", several.len()),
        }
    }
}

/// The line of a changed task: `completed  sweep_1-of-4  12.3s`, with the reason of a failure.
pub(crate) fn line(task: &Task) -> String {
    let status = task.status.as_str();
    let took = match task.durations_s.last().copied().flatten() {
        Some(seconds) if !task.status.is_active() => format!("  {}", duration(seconds)),
        _ => String::new(),
    };
    let why = match task.status {
        TaskStatus::Queued => task.wait_reason.clone(),
        _ => end_of(task),
    };
    let why = match why {
        Some(why) if task.status != TaskStatus::Running => format!("  {why}"),
        _ => String::new(),
    };
    format!("{status:<9}  {}{took}{why}", task.name)
}

/// Why the newest run ended, with what its log says of it: `exit code 1: ValueError: …`.
fn end_of(task: &Task) -> Option<String> {
    let reason = task.reasons.last().filter(|reason| !reason.is_empty());
    let failure = task.failure_summary.as_ref().map(|failure| &failure.text);
    match (reason, failure) {
        (Some(reason), Some(failure)) if !failure.contains(reason) => {
            Some(format!("{reason}: {failure}"))
        }
        (reason, failure) => failure.or(reason).cloned(),
    }
}
