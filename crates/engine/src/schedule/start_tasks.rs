//! Starts queued tasks while there is free capacity, and handles the ends of supervisors.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::message::EndText;
use common::{TaskStatus, WorkspaceName};

use super::QueueCounts;
use super::capacity::Capacity;
use super::gpu_capacity::GpuCapacity;
use super::gpu_users::GpuUser;
use super::jobs::Launch;
use super::queue_order::QueueOrder;
use super::scheduler::{Key, RECHECK_INTERVAL, State, key};
use crate::task::TaskEntry;
use crate::task::WaitReason;
use crate::workspace::{Project, Workspace};
use store::clock;
use store::disk::Space;
use store::task::Transition;

/// Delay before a task is started again whose supervisor ended before the run began.
const START_RETRY_DELAY: Duration = Duration::from_millis(500);
/// Interval of checks of a full disk while a task waits for it.
const DISK_POLL_US: u64 = 500_000;
/// Number of supervisors that are started for a run before it is marked failed.
const MAX_START_ATTEMPTS: u32 = 3;

/// One walk down the queue.
struct Pass<'a> {
    /// What is left for the tasks that follow.
    capacity: Capacity<'a>,
    is_disk_full: bool,
    now_us: u64,
    /// By workspace: a task that was submitted at this time or later does not start yet.
    barriers: HashMap<WorkspaceName, u64>,
    /// Tasks to start.
    launches: Vec<Launch>,
}

impl State {
    /// Starts queued tasks in queue order while there is free capacity.
    ///
    /// Stops at the first task that cannot start, unless `examine_all` is set; then the wait reasons of all queued
    /// tasks are updated.
    pub(super) fn start_queued_tasks(
        &mut self,
        project: &Project,
        examine_all: bool,
    ) -> QueueCounts {
        let workspaces = project.open_workspaces();
        let settings = self.settings.read(&project.pyruns_dir).clone();
        let inventory = self.gpus.clone();
        let gpu_users = RefCell::new(std::mem::take(&mut self.gpu_users));
        let read_gpus = || {
            let gpus = inventory.refresh();
            let users = gpu_users.borrow_mut().classify(&gpus, &project.pyruns_dir);
            GpuCapacity::new(&gpus, |pid| users.get(&pid).copied().unwrap_or(GpuUser::Other))
        };
        let mut capacity = Capacity::new(&settings, self.launcher.capacity(), &read_gpus);
        let running = self.count_running(project, &workspaces, &mut capacity);
        let mut pass = Pass {
            capacity,
            is_disk_full: self.disk_is_full(project),
            now_us: clock::epoch_us(),
            barriers: workspaces
                .iter()
                .map(|w| (w.name().clone(), w.submissions.barrier_us()))
                .collect(),
            launches: Vec::new(),
        };
        self.next_due = None;
        self.backoff.retain(|_, until| *until > Instant::now());
        for (workspace, entry) in QueueOrder::new(&workspaces) {
            if pass.is_disk_full {
                self.note_due(Some(pass.now_us + DISK_POLL_US), pass.now_us);
            }
            if (pass.capacity.is_full() || pass.is_disk_full) && !examine_all {
                break;
            }
            self.examine(&mut pass, &workspace, entry);
        }
        let Pass { capacity, launches, .. } = pass;
        if let Some(left) =
            capacity.has_read_gpus().then(|| gpu_users.borrow().next_check()).flatten()
        {
            self.note_due_in(left);
        }
        self.gpu_users = gpu_users.into_inner();
        let launched = self.submit(launches);
        let queued: usize = workspaces.iter().map(|workspace| workspace.index.queued_count()).sum();
        let starting = self.starting(project).count();
        QueueCounts {
            queued: queued.saturating_sub(starting) as u64,
            running: (running + launched) as u64,
            max_workers: settings.manager_max_workers.max(1),
        }
    }

    /// Decides whether a queued task starts now; if not, records what it waits for.
    fn examine(&mut self, pass: &mut Pass<'_>, workspace: &Arc<Workspace>, entry: Arc<TaskEntry>) {
        if entry.summary.queued_at_us.is_some_and(|at_us| at_us >= pass.barriers[workspace.name()])
        {
            return;
        }
        let key = key(workspace, &entry);
        if self.supervised.contains_key(&key) {
            return;
        }
        if let Some(until) = self.backoff.get(&key) {
            self.next_due = Some(self.next_due.map_or(*until, |due| due.min(*until)));
            return;
        }
        let submission = entry.summary.fail_fast_us.filter(|_| self.lock.is_some());
        if submission.is_some_and(|submission| workspace.index.has_failed(submission)) {
            cancel_waiting(workspace, &entry);
            return;
        }
        let info = entry.info.deserialize();
        let options = &info.options;
        let own = WaitReason::from_options(&info, pass.now_us, |name| {
            workspace.index.get(name).map(|other| other.summary.status)
        });
        if let Some(WaitReason::RetryDelay { .. }) = own {
            let not_before_us = info.state().queued().and_then(|queued| queued.not_before_us);
            self.note_due(not_before_us, pass.now_us);
        }
        let fit = match own {
            Some(reason) => Err(reason),
            None if pass.is_disk_full => Err(WaitReason::Disk),
            None => pass.capacity.fit(options),
        };
        if let Err(reason) = &fit
            && reason.is_satisfied_by_other_ends()
        {
            pass.capacity.reserve(options);
        }
        match fit {
            Ok(gpus) if self.lock.is_some() => {
                pass.capacity.take(options, &gpus);
                let (workspace, options) = (workspace.clone(), info.options);
                pass.launches.push(Launch { workspace, entry, options, gpus });
            }
            fit => {
                let reason = fit.err().unwrap_or(WaitReason::Worker);
                workspace.set_wait_reason(entry.name(), Some(reason.to_string()));
            }
        }
    }

    /// Subtracts the resources of running and starting tasks from the capacity. Returns their number.
    fn count_running(
        &self,
        project: &Project,
        workspaces: &[Arc<Workspace>],
        capacity: &mut Capacity<'_>,
    ) -> usize {
        let mut count = 0;
        for workspace in workspaces {
            for entry in workspace.index.running() {
                let info = entry.info.deserialize();
                capacity.take(&info.options, info.runs.last().map_or(&[][..], |run| &run.gpus));
                count += 1;
            }
        }
        for (entry, gpus) in self.starting(project) {
            capacity.take(&entry.info.deserialize().options, gpus);
            count += 1;
        }
        count
    }

    /// Tasks whose supervisor is starting and whose status is still queued, with their GPUs.
    fn starting<'a>(
        &'a self,
        project: &'a Project,
    ) -> impl Iterator<Item = (Arc<TaskEntry>, &'a [u32])> {
        let entry = |key: &Key| project.workspace(&key.0).ok()?.index.get(&key.1);
        let ours = self.supervised.iter().filter_map(move |(key, job)| {
            Some((entry(key)?, job.as_ref().map_or(&[][..], |job| &job.gpus)))
        });
        ours.filter(|(entry, _)| entry.summary.status == TaskStatus::Queued)
    }

    fn note_due(&mut self, due_us: Option<u64>, now_us: u64) {
        self.note_due_in(Duration::from_micros(due_us.unwrap_or(now_us).saturating_sub(now_us)));
    }

    fn note_due_in(&mut self, left: Duration) {
        let due = Instant::now() + left;
        self.next_due = Some(self.next_due.map_or(due, |known| known.min(due)));
    }

    /// Called when a supervisor has ended. Finalizes the run if the supervisor did not.
    pub(super) fn ended(&mut self, key: &Key) {
        let submission = self.supervised.remove(key).flatten().and_then(|job| job.submission);
        let Some(project) = self.project.upgrade() else {
            return;
        };
        let Ok(workspace) = project.workspace(&key.0) else {
            return;
        };
        let Some(entry) = workspace.reload(&key.1) else {
            return;
        };
        let finalized = match entry.summary.status {
            TaskStatus::Running => supervisor::reconcile(&entry.dir),
            _ if entry.has_stored_end => {
                self.recheck_at.insert(key.clone(), Instant::now() + RECHECK_INTERVAL);
                supervisor::reconcile(&entry.dir)
            }
            // A different submission time means that the task was submitted again; it is started later.
            TaskStatus::Queued if entry.summary.queued_at_us == submission => {
                if self.disk_is_full(&project) || self.may_retry_start(key, &entry) {
                    self.backoff.insert(key.clone(), Instant::now() + START_RETRY_DELAY);
                    return;
                }
                supervisor::fail_unstarted(&entry.dir, EndText::NoSupervisor.template())
            }
            _ => {
                self.failed_starts.remove(key);
                return;
            }
        };
        if let Err(error) = finalized {
            tracing::error!(%error, task = %key.1, "could not finalize a run");
            self.backoff.insert(key.clone(), Instant::now() + START_RETRY_DELAY);
        }
        workspace.reload(&key.1);
    }
}

impl State {
    fn disk_is_full(&self, project: &Project) -> bool {
        Space::of(&project.pyruns_dir).is_some_and(Space::is_full)
    }

    /// Whether another supervisor may be started. A supervisor that was killed before the run began has no side
    /// effects, so the start is retried a limited number of times.
    fn may_retry_start(&mut self, key: &Key, entry: &TaskEntry) -> bool {
        let has_begun = entry.dir.log(entry.summary.run_index + 1).exists();
        let sent = self.failed_starts.entry(key.clone()).or_default();
        *sent += 1;
        let again = !has_begun && *sent < MAX_START_ATTEMPTS;
        if !again {
            self.failed_starts.remove(key);
        }
        again
    }
}

/// Cancels a queued task because another task of its submission has failed, unless it has started meanwhile.
fn cancel_waiting(workspace: &Workspace, entry: &TaskEntry) {
    let submission = entry.summary.queued_at_us;
    let cancelled = workspace.update(entry.name(), |info| {
        if info.state().queued().is_some_and(|queued| queued.queued_at_us == submission) {
            info.apply(Transition::Cancel)?;
        }
        Ok(())
    });
    if let Err(error) = cancelled {
        tracing::warn!(%error, task = %entry.name(), "could not cancel a task");
    }
}
