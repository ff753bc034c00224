//! Operations on batches.

use common::batches::{
    BatchList, ExtendBatchRequest, ExtendBatchResponse, RerunBatchRequest, RerunBatchResponse,
};

use crate::openapi::operation::{Group, Operation};

/// The group.
pub(crate) const GROUP: Group =
    Group { name: "Batches", about: "Tasks that were created together." };

pub(crate) fn list_batches() -> Operation {
    Operation::new("list_batches", "The batches, newest first.")
        .in_workspace()
        .returns::<BatchList>()
        .errors(&[400, 404])
}

pub(crate) fn extend_batch() -> Operation {
    Operation::new("extend_batch", "Add values to one of its parameters.")
        .in_workspace()
        .body::<ExtendBatchRequest>()
        .returns::<ExtendBatchResponse>()
        .errors(&[400, 404, 409])
}

pub(crate) fn rerun_batch() -> Operation {
    Operation::new("rerun_batch", "Run missing and failed tasks again.")
        .in_workspace()
        .optional_body::<RerunBatchRequest>()
        .returns::<RerunBatchResponse>()
        .errors(&[400, 404])
}
