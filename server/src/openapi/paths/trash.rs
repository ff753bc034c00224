//! Operations on deleted tasks.

use common::task::{TrashList, TrashRequest, TrashResponse};

use crate::openapi::operation::{Group, Operation};

pub(super) fn group() -> Group {
    Group {
        name: "Trash",
        about: "Deleted tasks, until they are purged.",
        operations: vec![
            Operation::get("/api/trash", "list_trash", "Deleted tasks, newest first.")
                .in_workspace()
                .returns::<TrashList>()
                .errors(&[400, 404]),
            Operation::post("/api/trash/restore", "restore_tasks", "Restore tasks.")
                .more("If a name is in use, the status is 400, and no task is restored.")
                .in_workspace()
                .body::<TrashRequest>()
                .returns::<TrashResponse>()
                .errors(&[400, 404]),
            Operation::post("/api/trash/purge", "purge_tasks", "Delete tasks permanently.")
                .in_workspace()
                .body::<TrashRequest>()
                .returns::<TrashResponse>()
                .errors(&[400, 404]),
        ],
    }
}
