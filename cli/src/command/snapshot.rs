//! `pyr snapshot PYRUNS_DIR --git ROOT | --python EXECUTABLE`: takes the parts of a provenance record that require
//! external programs.

use std::path::{Path, PathBuf};

use clap::Args;
use engine::Subject;

use super::failure::Failure;

/// `pyr snapshot`
#[derive(Debug, Args)]
pub(crate) struct SnapshotArgs {
    /// The folder `_pyruns_`.
    pyruns_dir: PathBuf,
    /// The root of a git working tree.
    #[arg(long, conflicts_with = "python", required_unless_present = "python")]
    git: Option<PathBuf>,
    /// A Python interpreter.
    #[arg(long)]
    python: Option<PathBuf>,
}

/// Takes and stores a snapshot. Errors are printed to standard output, which the calling supervisor reads.
///
/// # Errors
/// None.
pub(crate) fn snapshot(args: SnapshotArgs) -> Result<(), Failure> {
    let SnapshotArgs { pyruns_dir, git, python } = args;
    let subject = git.map(Subject::Git).or_else(|| python.map(Subject::Python));
    if let Some(subject) = subject {
        take(&pyruns_dir, &subject);
    }
    Ok(())
}

fn take(pyruns_dir: &Path, subject: &Subject) {
    if let Err(error) = engine::take_snapshot(pyruns_dir, subject) {
        #[expect(clippy::print_stdout, reason = "the response to the supervisor that started it")]
        {
            println!("{error}");
        }
    }
}
