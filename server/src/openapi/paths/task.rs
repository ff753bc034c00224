//! Operations on single tasks.

use common::metric::{RunOutputs, TaskMetrics};
use common::provenance::{Provenance, RestoreInputsRequest, RestoreInputsResponse};
use common::task::{
    DuplicateRequest, EnvRequest, HoldRequest, NotesRequest, OptionsRequest, PinRequest,
    RenameRequest, TagsRequest, Task, TaskChanged,
};

use crate::api::metrics::ExportQuery;
use crate::api::metrics::MetricsQuery;
use crate::api::outputs::OutputsQuery;
use crate::api::provenance::{NoteQuery, RunQuery};
use crate::api::reveal::RevealQuery;
use crate::openapi::operation::{Group, Operation};

pub(super) fn group() -> Group {
    let get = |path, id, summary| Operation::get(path, id, summary).in_workspace();
    let post = |path, id, summary| Operation::post(path, id, summary).in_workspace();
    let patch = |path, id, summary| Operation::patch(path, id, summary).in_workspace();
    Group {
        name: "Task",
        about: "A single task: its parameters, state and runs.",
        operations: vec![
            get("/api/tasks/{name}", "get_task", "One task.")
                .more(
                    "Values of variables that look like secrets are masked, unless `reveal=true`.",
                )
                .query::<RevealQuery>()
                .returns::<Task>()
                .errors(&[400, 404]),
            post("/api/tasks/{name}/run", "run_task", "Queue the task.")
                .more("No effect if it is already active.")
                .returns::<TaskChanged>()
                .errors(&[400, 404]),
            post(
                "/api/tasks/{name}/cancel",
                "cancel_task",
                "Remove it from the queue, or end its run.",
            )
            .returns::<TaskChanged>()
            .errors(&[400, 404]),
            post("/api/tasks/{name}/pin", "pin_task", "Pin or unpin it.")
                .optional_body::<PinRequest>()
                .returns::<TaskChanged>()
                .errors(&[400, 404]),
            patch("/api/tasks/{name}/notes", "set_notes", "Replace the notes.")
                .body::<NotesRequest>()
                .returns::<TaskChanged>()
                .errors(&[400, 404, 409]),
            patch("/api/tasks/{name}/env", "set_env", "Replace the environment.")
                .more("A masked value that is sent back leaves the stored value unchanged.")
                .body::<EnvRequest>()
                .returns::<TaskChanged>()
                .errors(&[400, 404, 409]),
            patch("/api/tasks/{name}/options", "set_options", "Replace the options.")
                .more(
                    "When its runs may start, which resources they need, and when they are ended.",
                )
                .body::<OptionsRequest>()
                .returns::<TaskChanged>()
                .errors(&[400, 404, 409]),
            post("/api/tasks/{name}/hold", "hold_task", "Hold or release it.")
                .optional_body::<HoldRequest>()
                .returns::<TaskChanged>()
                .errors(&[400, 404]),
            post("/api/tasks/{name}/rename", "rename_task", "Rename it.")
                .more("Only while it is not active.")
                .body::<RenameRequest>()
                .returns::<TaskChanged>()
                .errors(&[400, 404]),
            post(
                "/api/tasks/{name}/duplicate",
                "duplicate_task",
                "Duplicate it under another name.",
            )
            .more("Without its runs.")
            .optional_body::<DuplicateRequest>()
            .returns::<TaskChanged>()
            .errors(&[400, 404]),
            patch("/api/tasks/{name}/tags", "set_tags", "Replace the tags.")
                .body::<TagsRequest>()
                .returns::<TaskChanged>()
                .errors(&[400, 404, 409]),
            get("/api/tasks/{name}/outputs", "get_outputs", "Images and files of a run.")
                .query::<OutputsQuery>()
                .returns::<RunOutputs>()
                .errors(&[400, 404]),
            get("/api/tasks/{name}/files/{path}", "get_file", "A file of a run.")
                .returns_text("application/octet-stream")
                .errors(&[400, 404]),
            get("/api/tasks/{name}/export", "export_run", "Export the curves of a run.")
                .query::<ExportQuery>()
                .returns_text("text/csv")
                .errors(&[400, 404]),
            get("/api/tasks/{name}/metrics", "get_metrics", "The curves of all its runs.")
                .more("Long curves are downsampled; peaks are preserved.")
                .query::<MetricsQuery>()
                .returns::<TaskMetrics>()
                .errors(&[400, 404]),
            get("/api/tasks/{name}/provenance", "get_provenance", "Provenance of a run.")
                .query::<NoteQuery>()
                .returns::<Provenance>()
                .errors(&[400, 404]),
            get(
                "/api/tasks/{name}/provenance/{hash}",
                "get_provenance_file",
                "A content that was stored for a run.",
            )
            .query::<RunQuery>()
            .returns_text("application/octet-stream")
            .errors(&[400, 404]),
            post(
                "/api/tasks/{name}/restore-inputs",
                "restore_inputs",
                "Restore the inputs of a run into a new folder.",
            )
            .body::<RestoreInputsRequest>()
            .returns::<RestoreInputsResponse>()
            .errors(&[400, 404]),
        ],
    }
}
