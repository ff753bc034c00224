//! Operations on the workspace and its settings.

use common::settings::Settings;
use common::workspace::{Dashboard, PathRequest, Workspace};

use crate::api::reveal::RevealQuery;
use crate::api::workspace::DashboardQuery;
use crate::openapi::operation::{Group, Operation};

/// The group.
pub(crate) const GROUP: Group = Group {
    name: "Workspace",
    about: "The folder `_pyruns_/<name>` of a script or of the shell, and the project's settings.",
};

pub(crate) fn get_workspace() -> Operation {
    Operation::new("get_workspace", "The current workspace.")
        .more("Values of variables that look like secrets are masked, unless `reveal=true`.")
        .in_workspace()
        .query::<RevealQuery>()
        .returns::<Workspace>()
        .errors(&[400, 404])
}

pub(crate) fn open_run_root() -> Operation {
    Operation::new("open_run_root", "Switch to a workspace.")
        .more("The folder must contain `tasks/`, `config_default.yaml` or `script_info.json`. Tasks in other workspaces continue to run.")
                .body::<PathRequest>()
                .returns::<Workspace>()
                .errors(&[400])
}

pub(crate) fn open_shell() -> Operation {
    Operation::new("open_shell", "Switch to the shell workspace.")
        .more("It is created if it does not exist.")
        .returns::<Workspace>()
}

pub(crate) fn change_settings() -> Operation {
    Operation::new("change_settings", "Change settings.")
        .more("Missing keys are unchanged; unknown keys are preserved.")
        .in_workspace()
        .body::<Settings>()
        .returns::<Settings>()
        .errors(&[400, 404])
}

pub(crate) fn get_dashboard() -> Operation {
    Operation::new("get_dashboard", "Counts, newest tasks and running tasks.")
        .in_workspace()
        .query::<DashboardQuery>()
        .returns::<Dashboard>()
        .errors(&[400, 404])
}
