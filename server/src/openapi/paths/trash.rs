//! Operations on deleted tasks.

use common::task::{TrashList, TrashRequest, TrashResponse};

use crate::openapi::operation::{Group, Operation};

pub(super) fn group() -> Group {
    Group {
        name: "Trash",
        about: "Deleted tasks, until they are thrown away for good.",
        operations: vec![
            Operation::get("/api/trash", "list_trash", "Deleted tasks, newest first.")
                .in_workspace()
                .returns::<TrashList>()
                .errors(&[400, 404]),
            Operation::post("/api/trash/restore", "restore_tasks", "Bring tasks back.")
                .more("A name that is taken again is a 400, and nothing moves.")
                .in_workspace()
                .body::<TrashRequest>()
                .returns::<TrashResponse>()
                .errors(&[400, 404]),
            Operation::post("/api/trash/purge", "purge_tasks", "Throw tasks away for good.")
                .in_workspace()
                .body::<TrashRequest>()
                .returns::<TrashResponse>()
                .errors(&[400, 404]),
        ],
    }
}
