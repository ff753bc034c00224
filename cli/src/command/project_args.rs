//! Arguments of commands with only a project.

use std::ffi::OsString;

use clap::Args;

/// `pyr token`, `pyr disk`
#[derive(Debug, Args)]
pub(crate) struct ProjectArgs {
    /// The project: a script, the word `shell`, or a folder; default: the current folder.
    pub(crate) target: Option<OsString>,
}
