//! Operations of the launcher.

use common::launcher::{
    ConfigList, OpenRequest, PathCheck, ScriptList, WorkspaceEntry, WorkspaceList,
};
use common::workspace::{PathRequest, Workspace};

use crate::api::launcher::ConfigsQuery;
use crate::api::launcher::PathQuery;
use crate::openapi::operation::{Group, Operation};

const PICKER: &str = "Only if the server has a desktop; otherwise 400.";

/// The group.
pub(crate) const GROUP: Group =
    Group { name: "Launcher", about: "Finding and opening scripts on the server's machine." };

pub(crate) fn list_scripts() -> Operation {
    Operation::new("list_scripts", "Scripts that were opened or found in the project.")
        .returns::<ScriptList>()
}

pub(crate) fn list_configs() -> Operation {
    Operation::new("list_configs", "YAML files in the folder of a script.")
        .query::<ConfigsQuery>()
        .returns::<ConfigList>()
        .errors(&[400])
}

pub(crate) fn list_workspaces() -> Operation {
    Operation::new("list_workspaces", "Workspaces of the project.").returns::<WorkspaceList>()
}

pub(crate) fn open_script() -> Operation {
    Operation::new("open_script", "Open a script.")
        .body::<OpenRequest>()
        .returns::<Workspace>()
        .errors(&[400])
}

pub(crate) fn pick_script() -> Operation {
    Operation::new("pick_script", "Pick a script in the desktop's file picker and open it.")
        .more(PICKER)
        .returns::<Workspace>()
        .errors(&[400])
}

pub(crate) fn pick_script_path() -> Operation {
    Operation::new("pick_script_path", "Pick a script without opening it.")
        .more(PICKER)
        .returns::<WorkspaceEntry>()
        .errors(&[400])
}

pub(crate) fn pick_shell_root() -> Operation {
    Operation::new("pick_shell_root", "Pick a folder and open its shell workspace.")
        .more(PICKER)
        .returns::<Workspace>()
        .errors(&[400])
}

pub(crate) fn open_shell_root() -> Operation {
    Operation::new("open_shell_root", "Open the shell workspace of a folder.")
        .body::<PathRequest>()
        .returns::<Workspace>()
        .errors(&[400])
}

pub(crate) fn validate_path() -> Operation {
    Operation::new("validate_path", "Whether a path can be used.")
        .query::<PathQuery>()
        .returns::<PathCheck>()
        .errors(&[400])
}
