//! Operations on several tasks.

use common::page::{TaskPage, TaskQuery};
use common::task::{
    BatchDeleteResponse, BatchRunRequest, BatchRunResponse, ReorderRequest, TaskNamesRequest,
};

use crate::api::task_sets::Reordered;
use crate::openapi::operation::{Group, Operation};

pub(super) fn group() -> Group {
    Group {
        name: "Tasks",
        about: "Lists of tasks, and what is done to many at once. `batch`, `export` and `reorder` may be the names of tasks, too.",
        operations: vec![
            Operation::get("/api/tasks", "list_tasks", "A page of tasks.")
                .more("Without `sort`: pinned ones, then the manual order, then running ones, then the queue in its order, then the others, the latest first. Texts are sorted in natural order: `run2` before `run10`.")
                .in_workspace()
                .query::<TaskQuery>()
                .returns::<TaskPage>()
                .errors(&[400, 404]),
            Operation::post("/api/tasks/batch/run", "run_tasks", "Queue many tasks.")
                .more("An unknown name is a 404, and nothing starts.")
                .in_workspace()
                .body::<BatchRunRequest>()
                .returns::<BatchRunResponse>()
                .errors(&[400, 404]),
            Operation::post("/api/tasks/batch/delete", "delete_tasks", "Move tasks to the trash.")
                .more("Active ones are cancelled first.")
                .in_workspace()
                .body::<TaskNamesRequest>()
                .returns::<BatchDeleteResponse>()
                .errors(&[400, 404]),
            Operation::post("/api/tasks/export/csv", "export_csv", "Runs as CSV, a row a run.")
                .in_workspace()
                .body::<TaskNamesRequest>()
                .returns_text("text/csv")
                .errors(&[400, 404]),
            Operation::post("/api/tasks/reorder", "reorder_tasks", "Set a manual order.")
                .in_workspace()
                .body::<ReorderRequest>()
                .returns::<Reordered>()
                .errors(&[400, 404]),
            Operation::get("/api/tasks/reorder", "get_task_called_reorder", "The task called `reorder`.")
                .in_workspace()
                .returns::<common::Task>()
                .errors(&[400, 404]),
        ],
    }
}
