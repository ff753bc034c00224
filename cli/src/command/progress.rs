//! Waits for the end of tasks and reports the changes of their states.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use common::live::Change;
use common::page::TaskQuery;
use common::timestamp::duration;
use common::{Task, TaskName, TaskStatus};
use engine::{Engine, Subscription, WorkspaceSelector};
use tokio::time::timeout;

use super::failure::{ExitStatus, Failure};

/// The tasks are read again after this time without an event, in case events of other processes were lost.
const POLL: Duration = Duration::from_secs(5);

/// Tasks whose end is awaited.
pub(crate) struct Awaited<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) workspace: &'a WorkspaceSelector,
    pub(crate) names: &'a [TaskName],
    pub(crate) limit: Option<Duration>,
}

/// The last known status of each awaited task.
struct Known {
    /// The workspace's name in events.
    workspace: String,
    statuses: HashMap<String, Option<TaskStatus>>,
}

impl Known {
    /// Stores the status of a task. True if it is awaited and has changed.
    fn update(&mut self, task: &Task) -> bool {
        let known = self.statuses.get_mut(&task.name);
        known.is_some_and(|known| known.replace(task.status) != Some(task.status))
    }

    /// The tasks that have not ended, or are not known yet.
    fn active(&self) -> impl Iterator<Item = &str> {
        let is_active = |status: &Option<TaskStatus>| status.is_none_or(TaskStatus::is_active);
        self.statuses
            .iter()
            .filter(move |(_, status)| is_active(status))
            .map(|(name, _)| name.as_str())
    }

    fn have_ended(&self) -> bool {
        self.active().next().is_none()
    }

    /// The tasks that have not ended, as the subject of a sentence.
    fn subject(&self) -> String {
        match self.active().collect::<Vec<_>>().as_slice() {
            [one] => format!("Task {one}"),
            several => format!("{} tasks", several.len()),
        }
    }
}

impl Awaited<'_> {
    /// Waits until none of the tasks is queued or running, and calls `changed` with each task whose status has
    /// changed. Returns the ended tasks in the given order. `events` must have begun before the tasks were queued.
    ///
    /// # Errors
    /// If a task was deleted, the time limit was reached, or the user interrupted the command.
    pub(crate) async fn until_ended(
        &self,
        mut events: Subscription,
        mut changed: impl FnMut(&Task) -> Result<(), Failure>,
    ) -> Result<Vec<Task>, Failure> {
        let began = Instant::now();
        let statuses = self.names.iter().map(|name| (name.to_string(), None)).collect();
        let mut known = Known { workspace: String::new(), statuses };
        // Events say what changes; all tasks are read only at first, at the end, and when events may be missing.
        let mut reads_all = true;
        loop {
            if std::mem::take(&mut reads_all) || known.have_ended() {
                let tasks = self.tasks()?;
                for task in tasks.iter().filter(|task| known.update(task)) {
                    changed(task)?;
                }
                if known.have_ended() {
                    return Ok(tasks);
                }
                known.workspace =
                    tasks.into_iter().next().map_or_else(String::new, |it| it.workspace);
            }
            let left = self.limit.map(|limit| limit.saturating_sub(began.elapsed()));
            if left == Some(Duration::ZERO) {
                let text = format!("{} did not end in time.", known.subject());
                return Err(Failure::new(ExitStatus::TimedOut, text));
            }
            let event = tokio::select! {
                event = timeout(left.map_or(POLL, |left| left.min(POLL)), events.next()) => event,
                _ = tokio::signal::ctrl_c() => {
                    return Err(Failure::new(ExitStatus::Interrupted, known.subject()));
                }
            };
            match event.as_deref().map(|event| &event.change) {
                Ok(Change::TaskChanged { workspace, task }) => {
                    if *workspace == known.workspace && known.update(task) {
                        changed(task)?;
                    }
                }
                Ok(Change::TaskRemoved { .. } | Change::Resync) | Err(_) => reads_all = true,
                Ok(_) => {}
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
