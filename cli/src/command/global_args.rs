//! Arguments that every command takes: where the project is, and which workspace is meant.

use std::path::PathBuf;

use clap::Args;

/// `pyr -C DIR -w WORKSPACE …`
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(crate) struct GlobalArgs {
    /// Run as if pyr was started in this folder.
    #[arg(short = 'C', long = "directory", value_name = "DIR", global = true)]
    pub(crate) directory: Option<PathBuf>,
    /// The workspace: its name, a script (`train.py`), the word `shell`, or its folder.
    #[arg(short = 'w', long = "workspace", value_name = "WORKSPACE", global = true)]
    pub(crate) workspace: Option<String>,
}
