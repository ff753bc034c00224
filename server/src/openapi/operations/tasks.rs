//! Operations on several tasks.

use common::page::{TaskPage, TaskQuery};
use common::task::{
    BatchDeleteResponse, BatchRunRequest, BatchRunResponse, ReorderRequest, TaskNamesRequest,
};

use crate::api::task_sets::Reordered;
use crate::openapi::operation::{Group, Operation};

/// The group.
pub(crate) const GROUP: Group = Group {
    name: "Tasks",
    about: "Lists of tasks and bulk operations. Tasks may also be named `batch`, `export` or `reorder`.",
};

pub(crate) fn list_tasks() -> Operation {
    Operation::new("list_tasks", "A page of tasks.")
        .more("Default order: pinned tasks, then the manual order, then running tasks, then the queue in its order, then the others, newest first. Texts are sorted in natural order: `run2` before `run10`.")
                .in_workspace()
                .query::<TaskQuery>()
                .returns::<TaskPage>()
                .errors(&[400, 404])
}

pub(crate) fn run_tasks() -> Operation {
    Operation::new("run_tasks", "Queue many tasks.")
        .more("For an unknown name the status is 404, and no task is queued.")
        .in_workspace()
        .body::<BatchRunRequest>()
        .returns::<BatchRunResponse>()
        .errors(&[400, 404])
}

pub(crate) fn delete_tasks() -> Operation {
    Operation::new("delete_tasks", "Move tasks to the trash.")
        .more("Active ones are cancelled first.")
        .in_workspace()
        .body::<TaskNamesRequest>()
        .returns::<BatchDeleteResponse>()
        .errors(&[400, 404])
}

pub(crate) fn export_csv() -> Operation {
    Operation::new("export_csv", "Export runs as CSV, one row per run.")
        .in_workspace()
        .body::<TaskNamesRequest>()
        .returns_text("text/csv")
        .errors(&[400, 404])
}

pub(crate) fn reorder_tasks() -> Operation {
    Operation::new("reorder_tasks", "Set a manual order.")
        .in_workspace()
        .body::<ReorderRequest>()
        .returns::<Reordered>()
        .errors(&[400, 404])
}

pub(crate) fn get_task_called_reorder() -> Operation {
    Operation::new("get_task_called_reorder", "The task named `reorder`.")
        .in_workspace()
        .returns::<common::Task>()
        .errors(&[400, 404])
}
