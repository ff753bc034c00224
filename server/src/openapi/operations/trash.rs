//! Operations on deleted tasks.

use common::task::{TrashList, TrashRequest, TrashResponse};

use crate::openapi::operation::{Group, Operation};

/// The group.
pub(crate) const GROUP: Group =
    Group { name: "Trash", about: "Deleted tasks, until they are purged." };

pub(crate) fn list_trash() -> Operation {
    Operation::new("list_trash", "Deleted tasks, newest first.")
        .in_workspace()
        .returns::<TrashList>()
        .errors(&[400, 404])
}

pub(crate) fn restore_tasks() -> Operation {
    Operation::new("restore_tasks", "Restore tasks.")
        .more("If a name is in use, the status is 400, and no task is restored.")
        .in_workspace()
        .body::<TrashRequest>()
        .returns::<TrashResponse>()
        .errors(&[400, 404])
}

pub(crate) fn purge_tasks() -> Operation {
    Operation::new("purge_tasks", "Delete tasks permanently.")
        .in_workspace()
        .body::<TrashRequest>()
        .returns::<TrashResponse>()
        .errors(&[400, 404])
}
