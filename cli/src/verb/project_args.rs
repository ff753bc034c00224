//! Arguments of verbs that take a project and nothing else.

use std::ffi::OsString;

use clap::Args;

/// `pyr token`, `pyr disk`
#[derive(Debug, Args)]
pub(crate) struct ProjectArgs {
    /// The project: what `pyr` was pointed at; nothing means the current folder.
    pub(crate) target: Option<OsString>,
}
