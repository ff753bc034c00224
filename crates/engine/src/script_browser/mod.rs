//! Finds scripts, configs and workspaces to open.

mod complete_path;
mod list_configs;
mod list_scripts;
mod list_workspaces;
mod pick_script;
mod pick_script_path;
mod pick_shell_root;
mod validate_path;
