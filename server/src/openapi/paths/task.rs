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
        about: "One task: its parameters, its state, its runs.",
        operations: vec![
            get("/api/tasks/{name}", "get_task", "One task.")
                .more(
                    "Values of variables that look like secrets are masked, unless `reveal=true`.",
                )
                .query::<RevealQuery>()
                .returns::<Task>()
                .errors(&[400, 404]),
            post("/api/tasks/{name}/run", "run_task", "Put it into the queue.")
                .more("If it is active already, nothing happens.")
                .returns::<TaskChanged>()
                .errors(&[400, 404]),
            post(
                "/api/tasks/{name}/cancel",
                "cancel_task",
                "Take it out of the queue, or end its run.",
            )
            .returns::<TaskChanged>()
            .errors(&[400, 404]),
            post("/api/tasks/{name}/pin", "pin_task", "Keep it at the top, or no longer.")
                .optional_body::<PinRequest>()
                .returns::<TaskChanged>()
                .errors(&[400, 404]),
            patch("/api/tasks/{name}/notes", "set_notes", "Replace the notes.")
                .body::<NotesRequest>()
                .returns::<TaskChanged>()
                .errors(&[400, 404, 409]),
            patch("/api/tasks/{name}/env", "set_env", "Replace the environment.")
                .more("A masked value, sent back, means the one that is stored.")
                .body::<EnvRequest>()
                .returns::<TaskChanged>()
                .errors(&[400, 404, 409]),
            patch("/api/tasks/{name}/options", "set_options", "Replace the options.")
                .more("When its runs may start, what they need, when they are given up.")
                .body::<OptionsRequest>()
                .returns::<TaskChanged>()
                .errors(&[400, 404, 409]),
            post("/api/tasks/{name}/hold", "hold_task", "Keep it from starting, or let it go.")
                .optional_body::<HoldRequest>()
                .returns::<TaskChanged>()
                .errors(&[400, 404]),
            post("/api/tasks/{name}/rename", "rename_task", "Give it another name.")
                .more("Only while it is not active.")
                .body::<RenameRequest>()
                .returns::<TaskChanged>()
                .errors(&[400, 404]),
            post("/api/tasks/{name}/duplicate", "duplicate_task", "The same under another name.")
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
            get("/api/tasks/{name}/files/{path}", "get_file", "A file that a run left.")
                .returns_text("application/octet-stream")
                .errors(&[400, 404]),
            get("/api/tasks/{name}/export", "export_run", "The curves of a run as a file.")
                .query::<ExportQuery>()
                .returns_text("text/csv")
                .errors(&[400, 404]),
            get("/api/tasks/{name}/metrics", "get_metrics", "The curves of all its runs.")
                .more("Long ones are thinned out without losing their peaks.")
                .query::<MetricsQuery>()
                .returns::<TaskMetrics>()
                .errors(&[400, 404]),
            get("/api/tasks/{name}/provenance", "get_provenance", "Where a run came from.")
                .query::<NoteQuery>()
                .returns::<Provenance>()
                .errors(&[400, 404]),
            get(
                "/api/tasks/{name}/provenance/{hash}",
                "get_provenance_file",
                "A content that was kept for a run.",
            )
            .query::<RunQuery>()
            .returns_text("application/octet-stream")
            .errors(&[400, 404]),
            post(
                "/api/tasks/{name}/restore-inputs",
                "restore_inputs",
                "What a run was started with, in a new folder.",
            )
            .body::<RestoreInputsRequest>()
            .returns::<RestoreInputsResponse>()
            .errors(&[400, 404]),
        ],
    }
}
