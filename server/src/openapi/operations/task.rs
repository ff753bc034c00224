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

/// The group.
pub(crate) const GROUP: Group =
    Group { name: "Task", about: "A single task: its parameters, state and runs." };

pub(crate) fn get_task() -> Operation {
    Operation::new("get_task", "One task.")
        .in_workspace()
        .more("Values of variables that look like secrets are masked, unless `reveal=true`.")
        .query::<RevealQuery>()
        .returns::<Task>()
        .errors(&[400, 404])
}

pub(crate) fn run_task() -> Operation {
    Operation::new("run_task", "Queue the task.")
        .in_workspace()
        .more("No effect if it is already active.")
        .returns::<TaskChanged>()
        .errors(&[400, 404])
}

pub(crate) fn cancel_task() -> Operation {
    Operation::new("cancel_task", "Remove it from the queue, or end its run.")
        .in_workspace()
        .returns::<TaskChanged>()
        .errors(&[400, 404])
}

pub(crate) fn pin_task() -> Operation {
    Operation::new("pin_task", "Pin or unpin it.")
        .in_workspace()
        .optional_body::<PinRequest>()
        .returns::<TaskChanged>()
        .errors(&[400, 404])
}

pub(crate) fn set_notes() -> Operation {
    Operation::new("set_notes", "Replace the notes.")
        .in_workspace()
        .body::<NotesRequest>()
        .returns::<TaskChanged>()
        .errors(&[400, 404, 409])
}

pub(crate) fn set_env() -> Operation {
    Operation::new("set_env", "Replace the environment.")
        .in_workspace()
        .more("A masked value that is sent back leaves the stored value unchanged.")
        .body::<EnvRequest>()
        .returns::<TaskChanged>()
        .errors(&[400, 404, 409])
}

pub(crate) fn set_options() -> Operation {
    Operation::new("set_options", "Replace the options.")
        .in_workspace()
        .more("When its runs may start, which resources they need, and when they are ended.")
        .body::<OptionsRequest>()
        .returns::<TaskChanged>()
        .errors(&[400, 404, 409])
}

pub(crate) fn hold_task() -> Operation {
    Operation::new("hold_task", "Hold or release it.")
        .in_workspace()
        .optional_body::<HoldRequest>()
        .returns::<TaskChanged>()
        .errors(&[400, 404])
}

pub(crate) fn rename_task() -> Operation {
    Operation::new("rename_task", "Rename it.")
        .in_workspace()
        .more("Only while it is not active.")
        .body::<RenameRequest>()
        .returns::<TaskChanged>()
        .errors(&[400, 404])
}

pub(crate) fn duplicate_task() -> Operation {
    Operation::new("duplicate_task", "Duplicate it under another name.")
        .in_workspace()
        .more("Without its runs.")
        .optional_body::<DuplicateRequest>()
        .returns::<TaskChanged>()
        .errors(&[400, 404])
}

pub(crate) fn set_tags() -> Operation {
    Operation::new("set_tags", "Replace the tags.")
        .in_workspace()
        .body::<TagsRequest>()
        .returns::<TaskChanged>()
        .errors(&[400, 404, 409])
}

pub(crate) fn get_outputs() -> Operation {
    Operation::new("get_outputs", "Images and files of a run.")
        .in_workspace()
        .query::<OutputsQuery>()
        .returns::<RunOutputs>()
        .errors(&[400, 404])
}

pub(crate) fn get_file() -> Operation {
    Operation::new("get_file", "A file of a run.")
        .in_workspace()
        .returns_text("application/octet-stream")
        .errors(&[400, 404])
}

pub(crate) fn export_run() -> Operation {
    Operation::new("export_run", "Export the curves of a run.")
        .in_workspace()
        .query::<ExportQuery>()
        .returns_text("text/csv")
        .errors(&[400, 404])
}

pub(crate) fn get_metrics() -> Operation {
    Operation::new("get_metrics", "The curves of all its runs.")
        .in_workspace()
        .more("Long curves are downsampled; peaks are preserved.")
        .query::<MetricsQuery>()
        .returns::<TaskMetrics>()
        .errors(&[400, 404])
}

pub(crate) fn get_provenance() -> Operation {
    Operation::new("get_provenance", "Provenance of a run.")
        .in_workspace()
        .query::<NoteQuery>()
        .returns::<Provenance>()
        .errors(&[400, 404])
}

pub(crate) fn get_provenance_file() -> Operation {
    Operation::new("get_provenance_file", "A content that was stored for a run.")
        .in_workspace()
        .query::<RunQuery>()
        .returns_text("application/octet-stream")
        .errors(&[400, 404])
}

pub(crate) fn restore_inputs() -> Operation {
    Operation::new("restore_inputs", "Restore the inputs of a run into a new folder.")
        .in_workspace()
        .body::<RestoreInputsRequest>()
        .returns::<RestoreInputsResponse>()
        .errors(&[400, 404])
}
