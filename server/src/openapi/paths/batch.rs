//! Operations on batches.

use common::batches::{
    BatchList, ExtendBatchRequest, ExtendBatchResponse, RerunBatchRequest, RerunBatchResponse,
};

use crate::openapi::operation::{Group, Operation};

pub(super) fn group() -> Group {
    Group {
        name: "Batches",
        about: "Tasks that were created together.",
        operations: vec![
            Operation::get("/api/batches", "list_batches", "The batches, newest first.")
                .in_workspace()
                .returns::<BatchList>()
                .errors(&[400, 404]),
            Operation::post(
                "/api/batches/{name}/extend",
                "extend_batch",
                "Add values to one of its parameters.",
            )
            .in_workspace()
            .body::<ExtendBatchRequest>()
            .returns::<ExtendBatchResponse>()
            .errors(&[400, 404, 409]),
            Operation::post(
                "/api/batches/{name}/rerun",
                "rerun_batch",
                "Run missing and failed tasks again.",
            )
            .in_workspace()
            .optional_body::<RerunBatchRequest>()
            .returns::<RerunBatchResponse>()
            .errors(&[400, 404]),
        ],
    }
}
