//! The files of a commit and changes on top, in a folder that is no repository.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use store::disk::Folder;
use store::{Error, Result};

/// Git's list of the files of the commit, in the restored folder, while it is written.
const GIT_INDEX: &str = ".pyruns-inputs/.index";

/// The files of a commit, without touching the repository: also of a commit that no branch holds. Git
/// works in the held folder, wherever that is by now.
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
    // Git's own list of what it wrote is of no more use.
    let _ = fs::remove_file(to.held_path().join(GIT_INDEX));
    Ok(())
}

/// What a command of git prints.
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

/// Changes, as they were noted, on top of files that are in no repository.
pub(super) fn apply(folder: &Folder, patch: &[u8]) -> Result<()> {
    let path = folder.path();
    let mut child = Command::new("git")
        .args(["apply", "--binary", "--whitespace=nowarn", "-"])
        .current_dir(folder.held_path())
        // The new folder may lie inside of a repository, whose paths these are not.
        .env("GIT_CEILING_DIRECTORIES", path.parent().unwrap_or(path))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(Error::io("running git in", path))?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(patch).map_err(Error::io("giving the changes to git in", path))?;
    }
    let output = child.wait_with_output().map_err(Error::io("waiting for git in", path))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Error::invalid(format!("the changes do not apply: {}", said.trim())))
}
