//! The shared state of a task's page: the current task and its actions.

use common::Task;
use common::live::Change;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{cancel_task, get_task, pin_task, run_task};
use crate::AppError;
use crate::components::{Toasts, use_toasts};
use crate::pages::live_rows::{is_outdated, refreshed};
use crate::state::live::use_live;
use crate::state::workspace::use_ws;

/// Handle to the task of a page; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct TaskState {
    pub(super) ws: Memo<Option<String>>,
    pub(super) task: RwSignal<Task>,
    /// The task was deleted or renamed by another client.
    pub(super) gone: RwSignal<bool>,
    pub(super) toasts: Toasts,
}

/// Provides the state and applies events to it.
pub(super) fn provide_task(task: Task) -> TaskState {
    let state = TaskState {
        ws: use_ws(),
        task: RwSignal::new(task),
        gone: RwSignal::new(false),
        toasts: use_toasts(),
    };
    use_live().on(move |change| state.on_change(change));
    provide_context(state);
    state
}

/// The task around the calling component.
pub(super) fn use_task() -> TaskState {
    expect_context::<TaskState>()
}

impl TaskState {
    /// The task's name.
    pub(super) fn name(self) -> String {
        self.task.with_untracked(|task| task.name.clone())
    }

    /// Runs the task, for the first time or again.
    pub(super) fn run(self) {
        self.change(run_task(self.ws.get_untracked(), self.name()));
    }

    /// Cancels its run.
    pub(super) fn cancel(self) {
        self.change(cancel_task(self.ws.get_untracked(), self.name()));
    }

    /// Pins or unpins the task.
    pub(super) fn toggle_pin(self) {
        let pinned = !self.task.with_untracked(|task| task.pinned);
        self.change(pin_task(self.ws.get_untracked(), self.name(), pinned));
    }

    /// Applies the response of a request that changes the task.
    pub(super) fn change(self, response: impl Future<Output = Result<Task, AppError>> + 'static) {
        spawn_local(async move {
            match response.await {
                Ok(task) => self.take_over(&task),
                Err(error) => self.toasts.error(&error),
            }
        });
    }

    /// Applies a response with the task, unless an event has reported a newer state.
    pub(super) fn take_over(self, response: &Task) {
        // The page may have been disposed.
        let is_news = self.task.try_with_untracked(|known| !is_outdated(response, known));
        if is_news == Some(true) {
            self.set(response);
        }
    }

    /// Stores a newer state of the task.
    fn set(self, newer: &Task) {
        let _ = self.task.try_update(|task| *task = refreshed(task, newer));
    }

    fn on_change(self, change: &Change) {
        let is_ours = |workspace: &str, name: &str| {
            self.task.with_untracked(|task| task.workspace == workspace && task.name == name)
        };
        match change {
            Change::TaskAdded { workspace, task } | Change::TaskChanged { workspace, task }
                if is_ours(workspace, &task.name) =>
            {
                self.gone.set(false);
                self.set(task);
            }
            Change::TaskRemoved { workspace, name } if is_ours(workspace, name) => {
                self.gone.set(true);
            }
            // Events were missed, so fetch the task.
            Change::Hello { .. } | Change::Resync => {
                self.change(get_task(self.ws.get_untracked(), self.name()));
            }
            _ => {}
        }
    }
}
