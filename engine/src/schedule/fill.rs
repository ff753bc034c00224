//! Starting the next tasks while there is room.

use std::sync::Arc;

use common::TaskStatus;

use super::scheduler::{Key, State, Wake};
use crate::supervise;
use crate::task::TaskEntry;
use crate::workspace::{Project, Workspace, read_settings};

type Candidate = (Arc<Workspace>, Arc<TaskEntry>);

impl State {
    /// Starts queued tasks, oldest first, up to the limit. Returns queued, running and the limit.
    pub(super) fn fill(&mut self, project: &Project) -> (u64, u64, u32) {
        let max_workers = read_settings(&project.pyruns_dir).manager_max_workers.max(1);
        let (mut queued, running) = active(project);
        // Started by us and not yet seen running still takes a place.
        queued.retain(|(workspace, entry)| !self.supervised.contains_key(&key(workspace, entry)));
        let starting = self.supervised.keys().filter(|key| !running.contains(*key)).count();
        let mut busy = running.len() + starting;
        queued.sort_by_key(|(_, entry)| {
            (entry.info.queued_at_us.unwrap_or(u64::MAX), entry.info.name.clone())
        });
        let mut waiting = Vec::new();
        for (workspace, entry) in queued {
            if self.lock.is_some() && busy < max_workers as usize {
                busy += 1;
                self.launch(&workspace, &entry);
            } else {
                waiting.push((workspace, entry));
            }
        }
        for (place, (workspace, entry)) in waiting.iter().enumerate() {
            workspace.set_wait_reason(&entry.info.name, Some(wait_reason(place, max_workers)));
        }
        (waiting.len() as u64, busy as u64, max_workers)
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

/// Queued tasks, and the keys of running ones.
fn active(project: &Project) -> (Vec<Candidate>, Vec<Key>) {
    let mut queued = Vec::new();
    let mut running = Vec::new();
    for workspace in project.open_workspaces() {
        for entry in workspace.index.active() {
            match entry.info.status {
                TaskStatus::Queued => queued.push((workspace.clone(), entry)),
                _ => running.push(key(&workspace, &entry)),
            }
        }
    }
    (queued, running)
}

pub(super) fn key(workspace: &Workspace, entry: &TaskEntry) -> Key {
    (workspace.name(), entry.info.name.clone())
}

fn wait_reason(ahead: usize, max_workers: u32) -> String {
    let workers = if max_workers == 1 { "the only worker" } else { "a free worker" };
    match ahead {
        0 => format!("next: waits for {workers}"),
        1 => format!("waits for {workers}; 1 task is ahead"),
        _ => format!("waits for {workers}; {ahead} tasks are ahead"),
    }
}
