//! Operations of the launcher.

use common::launcher::{
    ConfigList, OpenRequest, PathCheck, ScriptList, WorkspaceEntry, WorkspaceList,
};
use common::workspace::{PathRequest, Workspace};

use crate::api::launcher::ConfigsQuery;
use crate::api::launcher::PathQuery;
use crate::openapi::operation::{Group, Operation};

const PICKER: &str = "Only if the server has a desktop; otherwise 400.";

pub(super) fn group() -> Group {
    let get = Operation::get;
    let post = Operation::post;
    Group {
        name: "Launcher",
        about: "Finding and opening scripts on the server's machine.",
        operations: vec![
            get(
                "/api/launcher/scripts",
                "list_scripts",
                "Scripts that were opened or found in the project.",
            )
            .returns::<ScriptList>(),
            get("/api/launcher/configs", "list_configs", "YAML files in the folder of a script.")
                .query::<ConfigsQuery>()
                .returns::<ConfigList>()
                .errors(&[400]),
            get("/api/launcher/workspaces", "list_workspaces", "Workspaces of the project.")
                .returns::<WorkspaceList>(),
            post("/api/launcher/open", "open_script", "Open a script.")
                .body::<OpenRequest>()
                .returns::<Workspace>()
                .errors(&[400]),
            post(
                "/api/launcher/pick-script",
                "pick_script",
                "Pick a script in the desktop's file picker and open it.",
            )
            .more(PICKER)
            .returns::<Workspace>()
            .errors(&[400]),
            post(
                "/api/launcher/pick-script-path",
                "pick_script_path",
                "Pick a script without opening it.",
            )
            .more(PICKER)
            .returns::<WorkspaceEntry>()
            .errors(&[400]),
            post(
                "/api/launcher/pick-shell-root",
                "pick_shell_root",
                "Pick a folder and open its shell workspace.",
            )
            .more(PICKER)
            .returns::<Workspace>()
            .errors(&[400]),
            post(
                "/api/launcher/open-shell-root",
                "open_shell_root",
                "Open the shell workspace of a folder.",
            )
            .body::<PathRequest>()
            .returns::<Workspace>()
            .errors(&[400]),
            get("/api/launcher/validate-path", "validate_path", "Whether a path can be used.")
                .query::<PathQuery>()
                .returns::<PathCheck>()
                .errors(&[400]),
        ],
    }
}
