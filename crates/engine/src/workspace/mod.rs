//! Workspaces (`_pyruns_/<script>`) and projects: their in-memory state, and the commands on them.

mod dashboard;
mod describe;
mod event_files;
mod handle;
mod open_run_root;
mod open_script;
mod open_shell;
mod owner;
mod project;
mod script_form;
mod settings;
mod submissions;
mod sweep;
mod template_content;
mod templates;

pub(crate) use describe::native_file_picker;
pub(crate) use handle::Workspace;
pub use open_script::workspace_root;
pub(crate) use owner::check_owner;
pub(crate) use project::{Project, Role, is_workspace, workspace_not_found};
pub(crate) use template_content::read as read_template;
