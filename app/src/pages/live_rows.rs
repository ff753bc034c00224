//! A live list of tasks, in which each row has its own signal: a change redraws only that row.

use common::Task;
use common::live::Change;
use leptos::prelude::*;

use crate::state::live::use_live;

/// A task of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TaskRow {
    /// The name, which is the key of the row.
    pub(crate) name: String,
    /// The current task.
    pub(crate) task: ArcRwSignal<Task>,
}

/// Rows for `items`; rows of `old` are reused.
pub(crate) fn reconcile(old: &[TaskRow], items: &[Task]) -> Vec<TaskRow> {
    items.iter().map(|item| take_over(old, item)).collect()
}

fn take_over(old: &[TaskRow], item: &Task) -> TaskRow {
    match old.iter().find(|row| row.name == item.name) {
        Some(row) => {
            if row.task.with_untracked(|task| task != item && !is_outdated(item, task)) {
                row.task.set(item.clone());
            }
            row.clone()
        }
        None => TaskRow { name: item.name.clone(), task: ArcRwSignal::new(item.clone()) },
    }
}

/// The effect of a change on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PatchResult {
    /// None, or a row was updated.
    None,
    /// Order, counts or members may have changed: the list should be fetched again.
    Stale,
}

/// Whether `workspace` is the workspace of these rows. `named` is the workspace named by the page, if any.
pub(crate) fn is_same_workspace(rows: &[TaskRow], named: Option<&str>, workspace: &str) -> bool {
    match (named, rows.first()) {
        (Some(name), _) => name == workspace,
        (None, Some(row)) => row.task.with_untracked(|task| task.workspace == workspace),
        (None, None) => true,
    }
}

/// Applies a change to the rows of a workspace.
///
/// `named` is the workspace named by the page, if any; tasks know their own.
pub(crate) fn patch(rows: &[TaskRow], named: Option<&str>, change: &Change) -> PatchResult {
    let here = |workspace: &str| is_same_workspace(rows, named, workspace);
    match change {
        // Events before the connection was established were missed.
        Change::Hello { .. } | Change::Resync => PatchResult::Stale,
        Change::WorkspaceChanged { .. } if named.is_none() => PatchResult::Stale,
        Change::TaskAdded { workspace, .. } | Change::TaskRemoved { workspace, .. }
            if here(workspace) =>
        {
            PatchResult::Stale
        }
        Change::TaskChanged { workspace, task } if here(workspace) => {
            let Some(row) = rows.iter().find(|row| row.name == task.name) else {
                return PatchResult::Stale;
            };
            let moved = row
                .task
                .with_untracked(|old| old.status != task.status || old.pinned != task.pinned);
            row.task.update(|old| *old = refreshed(old, task));
            if moved { PatchResult::Stale } else { PatchResult::None }
        }
        _ => PatchResult::None,
    }
}

/// Delay between a change and fetching a list again.
const REFRESH_GAP: std::time::Duration = std::time::Duration::from_millis(400);

/// Applies all changes to the rows, and increments `reload` when the list should be fetched again.
pub(crate) fn follow(ws: Memo<Option<String>>, rows: Signal<Vec<TaskRow>>, reload: RwSignal<u64>) {
    let waiting = StoredValue::new(false);
    use_live().on(move |change| {
        let ws = ws.get_untracked();
        let result = rows.with_untracked(|rows| patch(rows, ws.as_deref(), change));
        if result == PatchResult::Stale && waiting.try_get_value() == Some(false) {
            waiting.set_value(true);
            let refresh = move || {
                // The page may have been disposed.
                let _ = waiting.try_set_value(false);
                let _ = reload.try_update(|count| *count += 1);
            };
            set_timeout(refresh, REFRESH_GAP);
        }
    });
}

/// Whether a response is older than an event that was received while it was pending.
pub(crate) fn is_outdated(response: &Task, known: &Task) -> bool {
    response.mtime < known.mtime
}

/// The newer state of a task. Events omit large fields; those are kept from `old`.
pub(crate) fn refreshed(old: &Task, newer: &Task) -> Task {
    let mut task = newer.clone();
    if task.config_text.is_empty() {
        task.config_text.clone_from(&old.config_text);
    }
    if task.search_text.is_empty() {
        task.search_text.clone_from(&old.search_text);
    }
    if task.tracks.iter().all(serde_json::Map::is_empty) {
        task.tracks.clone_from(&old.tracks);
    }
    // Failures of older runs are looked up in their logs only by a full read, not for events.
    for (newer, old) in task.failure_summaries.iter_mut().zip(&old.failure_summaries) {
        if newer.is_none() {
            newer.clone_from(old);
        }
    }
    task
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::TaskStatus;

    fn task(name: &str, status: TaskStatus) -> Task {
        Task { name: name.to_owned(), status, ..Task::default() }
    }

    fn changed(workspace: &str, task: Task) -> Change {
        Change::TaskChanged { workspace: workspace.to_owned(), task: Box::new(task) }
    }

    #[test]
    fn a_row_is_reused_and_updated() {
        let _owner = Owner::new();
        let rows = reconcile(&[], &[task("a", TaskStatus::Queued), task("b", TaskStatus::Queued)]);
        let again = reconcile(&rows, &[task("b", TaskStatus::Running)]);
        assert_eq!(again.len(), 1);
        assert_eq!(again[0], rows[1], "the row is the same one");
        assert_eq!(rows[1].task.get_untracked().status, TaskStatus::Running);
    }

    #[test]
    fn a_response_older_than_an_event_is_ignored() {
        let _owner = Owner::new();
        let at = |status, mtime| Task { mtime, ..task("a", status) };
        let rows = reconcile(&[], &[at(TaskStatus::Running, 1.0)]);
        patch(&rows, Some("main"), &changed("main", at(TaskStatus::Cancelled, 2.0)));
        reconcile(&rows, &[at(TaskStatus::Running, 1.0)]);
        assert_eq!(rows[0].task.get_untracked().status, TaskStatus::Cancelled);
    }

    #[test]
    fn events_reach_their_row_and_their_workspace_only() {
        let _owner = Owner::new();
        let rows = reconcile(&[], &[task("a", TaskStatus::Running)]);
        let elsewhere = changed("other", task("a", TaskStatus::Failed));
        assert_eq!(patch(&rows, Some("main"), &elsewhere), PatchResult::None);
        assert_eq!(rows[0].task.get_untracked().status, TaskStatus::Running);

        let mut with_notes = task("a", TaskStatus::Running);
        with_notes.notes = "n".to_owned();
        assert_eq!(patch(&rows, Some("main"), &changed("main", with_notes)), PatchResult::None);
        assert_eq!(rows[0].task.get_untracked().notes, "n");
        let done = changed("main", task("a", TaskStatus::Completed));
        assert_eq!(patch(&rows, Some("main"), &done), PatchResult::Stale);
        assert_eq!(
            patch(&rows, Some("main"), &changed("main", task("z", TaskStatus::Queued))),
            PatchResult::Stale
        );
        assert_eq!(patch(&rows, Some("main"), &Change::Resync), PatchResult::Stale);
    }

    #[test]
    fn heavy_fields_survive_a_light_event() {
        let mut old = task("a", TaskStatus::Running);
        old.config_text = "lr: 1".to_owned();
        let newer = refreshed(&old, &task("a", TaskStatus::Completed));
        assert_eq!((newer.config_text.as_str(), newer.status), ("lr: 1", TaskStatus::Completed));
    }
}
