//! Starting the next tasks while there is room.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::TaskStatus;

use super::QueueFigures;
use super::gpu_room::GpuRoom;
use super::gpu_users::GpuUser;
use super::jobs::Launch;
use super::line::Line;
use super::room::Room;
use super::scheduler::{Key, LOOK_AGAIN, State, key};
use crate::task::TaskEntry;
use crate::task::WaitReason;
use crate::workspace::{Project, Workspace};
use store::clock;
use store::disk::Space;
use store::task::Transition;

/// How long a task is left alone after its supervisor ended without having begun.
const REST: Duration = Duration::from_millis(500);
/// How soon a full disk is looked at again while something waits for it.
const DISK_LOOK_US: u64 = 500_000;
/// How many supervisors are sent for a run before it is given up.
const ATTEMPTS: u32 = 3;

impl State {
    /// Starts queued tasks, in their order, as far as there is room.
    ///
    /// Looks no further than it must, unless it is to be `thorough`: then every waiting task is told
    /// what it waits for.
    pub(super) fn fill(&mut self, project: &Project, thorough: bool) -> QueueFigures {
        let workspaces = project.open_workspaces();
        let settings = self.settings.read(&project.pyruns_dir).clone();
        let inventory = self.gpus.clone();
        let gpu_users = RefCell::new(std::mem::take(&mut self.gpu_users));
        let look_at_gpus = || {
            let gpus = inventory.refresh();
            let users = gpu_users.borrow_mut().look(&gpus, &project.pyruns_dir);
            GpuRoom::new(&gpus, |pid| users.get(&pid).copied().unwrap_or(GpuUser::Other))
        };
        let mut room = Room::new(&settings, self.launcher.capacity(), &look_at_gpus);
        let running = self.take_places(project, &workspaces, &mut room);
        let (now_us, mut launches) = (clock::epoch_us(), Vec::new());
        self.next_due = None;
        let is_disk_full = self.disk_is_full(project);
        self.resting.retain(|_, until| *until > Instant::now());
        let gates: HashMap<String, u64> =
            workspaces.iter().map(|w| (w.name(), w.submissions.gate_us())).collect();
        for (workspace, entry) in Line::new(&workspaces) {
            if is_disk_full {
                self.note_due(Some(now_us + DISK_LOOK_US), now_us);
            }
            if (room.is_full() || is_disk_full) && !thorough {
                break;
            }
            if entry.brief.queued_at_us.is_some_and(|at_us| at_us >= gates[&workspace.name()]) {
                continue;
            }
            let key = key(&workspace, &entry);
            if self.supervised.contains_key(&key) {
                continue;
            }
            if let Some(until) = self.resting.get(&key) {
                self.next_due = Some(self.next_due.map_or(*until, |due| due.min(*until)));
                continue;
            }
            let submission = entry.brief.fail_fast_us.filter(|_| self.lock.is_some());
            if submission.is_some_and(|submission| workspace.index.has_failed(submission)) {
                cancel_waiting(&workspace, &entry);
                continue;
            }
            let info = entry.info.open();
            let options = &info.options;
            let own = WaitReason::of_its_own(&info, now_us, |name| {
                workspace.index.get(name).map(|other| other.brief.status)
            });
            if let Some(WaitReason::Later { .. }) = own {
                let not_before_us = info.state().queued().and_then(|queued| queued.not_before_us);
                self.note_due(not_before_us, now_us);
            }
            let place = match own {
                Some(reason) => Err(reason),
                None if is_disk_full => Err(WaitReason::Disk),
                None => room.place_for(options),
            };
            if let Err(reason) = &place
                && reason.is_for_others_to_leave()
            {
                room.reserve(options);
            }
            match place {
                Ok(gpus) if self.lock.is_some() => {
                    room.take(options, &gpus);
                    launches.push(Launch { workspace: workspace.clone(), entry, gpus });
                }
                place => {
                    let reason = place.err().unwrap_or(WaitReason::Worker);
                    workspace.set_wait_reason(entry.name(), Some(reason.to_string()));
                }
            }
        }
        if let Some(left) =
            room.gpus_were_asked_for().then(|| gpu_users.borrow().look_again_in()).flatten()
        {
            self.note_due_in(left);
        }
        self.gpu_users = gpu_users.into_inner();
        let launched = self.submit(launches);
        let queued: usize = workspaces.iter().map(|workspace| workspace.index.queued_count()).sum();
        let starting = self.starting(project).count();
        QueueFigures {
            queued: queued.saturating_sub(starting) as u64,
            running: (running + launched) as u64,
            max_workers: settings.manager_max_workers.max(1),
        }
    }

    /// Running tasks take their places, and so does what we have started and not yet seen running.
    fn take_places(
        &self,
        project: &Project,
        workspaces: &[Arc<Workspace>],
        room: &mut Room<'_>,
    ) -> usize {
        let mut taken = 0;
        for workspace in workspaces {
            for entry in workspace.index.running() {
                let info = entry.info.open();
                room.take(&info.options, info.runs.last().map_or(&[][..], |run| &run.gpus));
                taken += 1;
            }
        }
        for (entry, gpus) in self.starting(project) {
            room.take(&entry.info.open().options, gpus);
            taken += 1;
        }
        taken
    }

    /// Tasks that are still queued while their supervisor is on its way, and the GPUs it was given.
    fn starting<'a>(
        &'a self,
        project: &'a Project,
    ) -> impl Iterator<Item = (Arc<TaskEntry>, &'a [u32])> {
        let entry = |key: &Key| project.workspace(&key.0).ok()?.index.get(&key.1);
        let ours = self.supervised.iter().filter_map(move |(key, job)| {
            Some((entry(key)?, job.as_ref().map_or(&[][..], |job| &job.gpus)))
        });
        ours.filter(|(entry, _)| entry.brief.status == TaskStatus::Queued)
    }

    fn note_due(&mut self, due_us: Option<u64>, now_us: u64) {
        self.note_due_in(Duration::from_micros(due_us.unwrap_or(now_us).saturating_sub(now_us)));
    }

    fn note_due_in(&mut self, left: Duration) {
        let due = Instant::now() + left;
        self.next_due = Some(self.next_due.map_or(due, |known| known.min(due)));
    }

    /// A supervisor is gone: its task's file tells how the run ended, or it is told now.
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
        let settled = match entry.brief.status {
            TaskStatus::Running => supervisor::reconcile(&entry.dir),
            _ if entry.has_stored_end => {
                self.unwatched.insert(key.clone(), Instant::now() + LOOK_AGAIN);
                supervisor::reconcile(&entry.dir)
            }
            // A newer submission, made while the supervisor of the last one was leaving, is still to come.
            TaskStatus::Queued if entry.brief.queued_at_us == submission => {
                if self.disk_is_full(&project) || self.may_be_sent_again(key, &entry) {
                    self.resting.insert(key.clone(), Instant::now() + REST);
                    return;
                }
                supervisor::fail_unstarted(&entry.dir, "the supervisor ended before the run began")
            }
            _ => {
                self.unbegun.remove(key);
                return;
            }
        };
        if let Err(error) = settled {
            tracing::error!(%error, task = key.1, "could not settle a run");
            self.resting.insert(key.clone(), Instant::now() + REST);
        }
        workspace.reload(&key.1);
    }
}

impl State {
    fn disk_is_full(&self, project: &Project) -> bool {
        Space::of(&project.pyruns_dir).is_some_and(Space::is_full)
    }

    /// A supervisor that was killed before anything began has lost nothing: another is sent, but not
    /// for ever.
    fn may_be_sent_again(&mut self, key: &Key, entry: &TaskEntry) -> bool {
        let has_begun = entry.dir.log(entry.brief.run_index + 1).exists();
        let sent = self.unbegun.entry(key.clone()).or_default();
        *sent += 1;
        let again = !has_begun && *sent < ATTEMPTS;
        if !again {
            self.unbegun.remove(key);
        }
        again
    }
}

/// Another task of its submission has failed. It is cancelled unless it has begun in between.
fn cancel_waiting(workspace: &Workspace, entry: &TaskEntry) {
    let submission = entry.brief.queued_at_us;
    let cancelled = workspace.update(entry.name(), |info| {
        if info.state().queued().is_some_and(|queued| queued.queued_at_us == submission) {
            info.apply(Transition::Cancel)?;
        }
        Ok(())
    });
    if let Err(error) = cancelled {
        tracing::warn!(%error, task = entry.name(), "could not cancel a task");
    }
}
