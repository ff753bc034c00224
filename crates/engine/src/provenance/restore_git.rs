//! Restores the files of a commit and a diff in a folder outside of the repository.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use store::disk::Folder;
use store::{Error, Result};

/// The temporary git index in the restored folder.
const GIT_INDEX: &str = ".pyruns-inputs/.index";

/// Checks out the files of a commit without changing the repository; the commit need not be on a branch. Git runs
/// in the open folder handle, even if the folder is moved.
pub(super) fn checkout(root: &Path, commit: &str, to: &Folder) -> Result<()> {
    let git_dir =
        git(Command::new("git").args(["rev-parse", "--absolute-git-dir"]).current_dir(root))?;
    for args in [&["read-tree", commit][..], &["checkout-index", "--all", "--force"]] {
        git(Command::new("git")
            .args(args)
            .current_dir(to.held_path())
            .env("GIT_DIR", git_dir.trim_end())
            .env("GIT_WORK_TREE", ".")
            .env("GIT_INDEX_FILE", GIT_INDEX))?;
    }
    // The index is not needed any more.
    let _ = fs::remove_file(to.held_path().join(GIT_INDEX));
    Ok(())
}

/// Runs a git command and returns its output.
fn git(command: &mut Command) -> Result<String> {
    let output =
        command.stdin(Stdio::null()).output().map_err(Error::io("running", Path::new("git")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let verb = command.get_args().next().unwrap_or_default().to_string_lossy();
        return Err(Error::invalid(format!("git {verb}: {}", said.trim())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Applies a recorded diff to files outside of the repository.
pub(super) fn apply(folder: &Folder, patch: &[u8]) -> Result<()> {
    let path = folder.path();
    let mut child = Command::new("git")
        .args(["apply", "--binary", "--whitespace=nowarn", "-"])
        .current_dir(folder.held_path())
        // The folder may be inside of a repository, to which the paths in the diff are not relative.
        .env("GIT_CEILING_DIRECTORIES", path.parent().unwrap_or(path))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(Error::io("running git in", path))?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(patch).map_err(Error::io("passing the changes to git in", path))?;
    }
    let output = child.wait_with_output().map_err(Error::io("waiting for git in", path))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Error::invalid(format!("the changes do not apply: {}", said.trim())))
}
