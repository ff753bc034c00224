//! Arguments of commands with only a project.

use std::ffi::OsString;

use clap::Args;

/// `pyr token`, `pyr disk`
#[derive(Debug, Args)]
pub(crate) struct ProjectArgs {
    /// The project: what `pyr` was pointed at; nothing means the current folder.
    pub(crate) target: Option<OsString>,
}
