//! Starting the next tasks while there is room.

use std::sync::Arc;
use std::time::{Duration, Instant};

use common::TaskStatus;

use super::line::Line;
use super::room::Room;
use super::scheduler::{Key, State, Wake};
use super::{QueueFigures, WaitReason};
use crate::task::TaskEntry;
use crate::workspace::{Project, Workspace};
use crate::{clock, supervise};

impl State {
    /// Starts queued tasks, in their order, as far as there is room.
    ///
    /// Looks no further than it must, unless it is to be `thorough`: then every waiting task is told
    /// what it waits for.
    pub(super) fn fill(&mut self, project: &Project, thorough: bool) -> QueueFigures {
        let workspaces = project.open_workspaces();
        let settings = self.settings.read(&project.pyruns_dir).clone();
        let mut room = Room::new(&settings);
        let running = self.take_places(project, &workspaces, &mut room);
        let (now_us, mut launched) = (clock::epoch_us(), 0);
        self.next_due = None;
        for (workspace, entry) in Line::new(&workspaces) {
            if room.is_full() && !thorough {
                break;
            }
            if self.supervised.contains_key(&key(&workspace, &entry)) {
                continue;
            }
            let options = &entry.info.options;
            let own = WaitReason::of_its_own(&workspace, &entry, now_us);
            if let Some(WaitReason::Later { .. }) = own {
                self.note_due(entry.info.not_before_us, now_us);
            }
            let lack = if own.is_none() { room.lacks(options) } else { None };
            match own.or_else(|| lack.clone()) {
                None if self.lock.is_some() => {
                    room.take(options);
                    launched += 1;
                    self.launch(&workspace, &entry);
                }
                reason => {
                    if lack.is_some() {
                        room.reserve(options);
                    }
                    let reason = reason.unwrap_or(WaitReason::Worker);
                    workspace.set_wait_reason(&entry.info.name, Some(reason.to_string()));
                }
            }
        }
        let queued: usize = workspaces.iter().map(|workspace| workspace.index.queued_count()).sum();
        let starting = self.starting(project);
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
        room: &mut Room,
    ) -> usize {
        let mut taken = 0;
        let mut take = |entry: &TaskEntry| {
            room.take(&entry.info.options);
            taken += 1;
        };
        for workspace in workspaces {
            workspace.index.running().iter().for_each(|entry| take(entry));
        }
        self.still_queued(project).iter().for_each(|entry| take(entry));
        taken
    }

    /// How many tasks are queued whose supervisor is on its way.
    fn starting(&self, project: &Project) -> usize {
        self.still_queued(project).len()
    }

    fn still_queued(&self, project: &Project) -> Vec<Arc<TaskEntry>> {
        let entry = |key: &Key| project.workspace(&key.0).ok()?.index.get(&key.1);
        let entries = self.supervised.keys().filter_map(entry);
        entries.filter(|entry| entry.info.status == TaskStatus::Queued).collect()
    }

    fn note_due(&mut self, due_us: Option<u64>, now_us: u64) {
        let left = Duration::from_micros(due_us.unwrap_or(now_us).saturating_sub(now_us));
        let due = Instant::now() + left;
        self.next_due = Some(self.next_due.map_or(due, |known| known.min(due)));
    }

    fn launch(&mut self, workspace: &Arc<Workspace>, entry: &TaskEntry) {
        let key = key(workspace, entry);
        match self.launcher.launch(&entry.dir) {
            Ok(mut launched) => {
                self.supervised.insert(key.clone(), entry.info.queued_at_us);
                let wake = self.wake.clone();
                std::thread::spawn(move || {
                    launched.wait();
                    // A closed channel means that the engine is being dropped.
                    let _ = wake.send(Wake::Ended(key));
                });
            }
            Err(error) => {
                let why = format!("the supervisor could not be started: {error}");
                if let Err(error) = supervise::fail_unstarted(&entry.dir, &why) {
                    tracing::error!(%error, task = entry.info.name, "could not mark a task failed");
                }
                workspace.reload(&entry.info.name);
            }
        }
    }

    /// A supervisor is gone: its task's file tells how the run ended, or it is told now.
    pub(super) fn ended(&mut self, key: &Key) {
        let wish = self.supervised.remove(key).flatten();
        let Some(project) = self.project.upgrade() else {
            return;
        };
        let Ok(workspace) = project.workspace(&key.0) else {
            return;
        };
        let Some(entry) = workspace.reload(&key.1) else {
            return;
        };
        let settled = match entry.info.status {
            TaskStatus::Running => supervise::reconcile(&entry.dir),
            // A newer wish, made while the supervisor of the last one was leaving, is still to come.
            TaskStatus::Queued if entry.info.queued_at_us == wish => {
                supervise::fail_unstarted(&entry.dir, "the supervisor ended before the run began")
            }
            _ => return,
        };
        if let Err(error) = settled {
            tracing::error!(%error, task = key.1, "could not settle a run");
        }
        workspace.reload(&key.1);
    }
}

pub(super) fn key(workspace: &Workspace, entry: &TaskEntry) -> Key {
    (workspace.name(), entry.info.name.clone())
}
