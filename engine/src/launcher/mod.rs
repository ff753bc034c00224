//! Finding what can be opened.

mod list_configs;
mod list_scripts;
mod list_workspaces;
mod pick_script;
mod validate_path;
