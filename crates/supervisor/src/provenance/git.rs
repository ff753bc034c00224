//! The state of a git working tree.

use std::path::Path;
use std::process::{Command, Stdio};

use common::provenance::{GitState, StoredFile};

use store::provenance::Store;
use store::{Error, Result};

/// Maximum number of listed untracked files.
const MAX_UNTRACKED: usize = 200;
/// Maximum total size of stored untracked files.
const MAX_UNTRACKED_BYTES: u64 = 16 * 1024 * 1024;

/// The root of the working tree that contains a folder; `None` outside of one.
pub(super) fn root_of(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join(".git").exists())
}

/// Reads the state of the working tree at `root` without taking git's locks. `_pyruns_` folders are
/// excluded.
///
/// # Errors
/// When git is not installed or fails.
pub(super) fn read(root: &Path, store: &Store) -> Result<GitState> {
    let status = git(
        root,
        &[
            "status",
            "--porcelain=v2",
            "--branch",
            "-z",
            "--untracked-files=all",
            "--",
            ".",
            EXCLUDE_PYRUNS,
        ],
    )?;
    let mut state = parse_status(&String::from_utf8_lossy(&status));
    state.root = root.to_string_lossy().into_owned();
    if state.dirty && !state.commit.is_empty() {
        let diff = git(root, &["diff", "--binary", "HEAD", "--", ".", EXCLUDE_PYRUNS])?;
        state.diff = Some(store.put("changes.patch", &diff)?);
    }
    store_untracked(root, store, &mut state);
    Ok(state)
}

/// Excludes the folders of Pyruns.
const EXCLUDE_PYRUNS: &str = ":(exclude,glob)**/_pyruns_/**";

/// Stores the content of small untracked files; the others are only listed.
fn store_untracked(root: &Path, store: &Store, state: &mut GitState) {
    let more = state.untracked.len().saturating_sub(MAX_UNTRACKED);
    state.untracked.truncate(MAX_UNTRACKED);
    state.untracked_more = more as u64;
    let mut remaining_bytes = MAX_UNTRACKED_BYTES;
    for file in &mut state.untracked {
        let path = root.join(&file.path);
        let bytes = path.metadata().map_or(0, |meta| meta.len());
        let stored =
            if bytes <= remaining_bytes { store.put_file(&file.path, &path).ok() } else { None };
        remaining_bytes = remaining_bytes.saturating_sub(bytes);
        *file = stored.unwrap_or(StoredFile { bytes, too_large: true, ..file.clone() });
    }
}

/// Parses the output of `git status`, porcelain format 2, separated by NUL.
fn parse_status(text: &str) -> GitState {
    let mut state = GitState::default();
    let mut items = text.split('\0');
    while let Some(item) = items.next() {
        match item.split_once(' ') {
            Some(("#", header)) => match header.split_once(' ') {
                Some(("branch.oid", commit)) if commit != "(initial)" => {
                    state.commit = commit.into();
                }
                Some(("branch.head", branch)) if branch != "(detached)" => {
                    state.branch = branch.into();
                }
                _ => {}
            },
            Some(("1" | "u", _)) => state.dirty = true,
            Some(("2", _)) => {
                state.dirty = true;
                // The old name of a renamed file is the next item.
                items.next();
            }
            Some(("?", path)) => {
                state.untracked.push(StoredFile { path: path.into(), ..StoredFile::default() });
            }
            _ => {}
        }
    }
    state
}

/// Runs git in a folder and returns its output.
///
/// # Errors
/// When it cannot be started, or its error message.
pub(super) fn git(folder: &Path, args: &[&str]) -> Result<Vec<u8>> {
    let output = Command::new("git")
        .args(["-c", "core.quotepath=off"])
        .args(args)
        .current_dir(folder)
        // Without this, git may take locks and block the user's own commands.
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .map_err(Error::io("running git in", folder))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let message = String::from_utf8_lossy(&output.stderr);
    let verb = args.first().unwrap_or(&"");
    Err(Error::invalid(format!("git {verb} in {}: {}", folder.display(), message.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_a_status_are_read() {
        let text = "# branch.oid 12ab\0# branch.head main\0# branch.upstream origin/main\0\
            1 .M N... 100644 100644 100644 a b src/x.py\0\
            2 R. N... 100644 100644 100644 a b R100 new name\0old ? name\0? a b.py\0? ü\0";
        let state = parse_status(text);
        assert_eq!(
            (state.commit.as_str(), state.branch.as_str(), state.dirty),
            ("12ab", "main", true)
        );
        let paths: Vec<&str> = state.untracked.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["a b.py", "ü"]);
        let fresh = parse_status("# branch.oid (initial)\0# branch.head (detached)\0");
        assert_eq!(fresh, GitState::default());
    }
}
