//! Finding and opening scripts.

pub(crate) mod configs;
pub(crate) mod open;
pub(crate) mod open_shell_root;
pub(crate) mod pick_script;
pub(crate) mod pick_script_path;
pub(crate) mod pick_shell_root;
pub(crate) mod scripts;
pub(crate) mod validate_path;
pub(crate) mod workspaces;
