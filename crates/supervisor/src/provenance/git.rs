//! The state of a working tree, as git tells it.

use std::path::Path;
use std::process::{Command, Stdio};

use common::provenance::{GitState, StoredFile};

use store::provenance::Store;
use store::{Error, Result};

/// How many untracked files are listed.
const UNTRACKED: usize = 200;
/// Untracked files are kept as long as they are together not larger than this.
const UNTRACKED_BYTES: u64 = 16 * 1024 * 1024;

/// The working tree that holds a folder; nothing outside of one.
pub(super) fn root_of(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join(".git").exists())
}

/// Reads the state of the working tree at `root`, without taking any lock of git's. What lies in
/// `_pyruns_` is not part of it.
///
/// # Errors
/// When git is not there or refuses.
pub(super) fn read(root: &Path, store: &Store) -> Result<GitState> {
    let status = git(
        root,
        &["status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--", ".", OURS],
    )?;
    let mut state = parse_status(&String::from_utf8_lossy(&status));
    state.root = root.to_string_lossy().into_owned();
    if state.dirty && !state.commit.is_empty() {
        let diff = git(root, &["diff", "--binary", "HEAD", "--", ".", OURS])?;
        state.diff = Some(store.keep("changes.patch", &diff)?);
    }
    keep_untracked(root, store, &mut state);
    Ok(state)
}

/// Everything but the folders of Pyruns, which no commit is about.
const OURS: &str = ":(exclude,glob)**/_pyruns_/**";

/// Small ones are kept, the others named.
fn keep_untracked(root: &Path, store: &Store, state: &mut GitState) {
    let more = state.untracked.len().saturating_sub(UNTRACKED);
    state.untracked.truncate(UNTRACKED);
    state.untracked_more = more as u64;
    let mut room = UNTRACKED_BYTES;
    for file in &mut state.untracked {
        let path = root.join(&file.path);
        let bytes = path.metadata().map_or(0, |meta| meta.len());
        let kept = if bytes <= room { store.keep_file(&file.path, &path).ok() } else { None };
        room = room.saturating_sub(bytes);
        *file = kept.unwrap_or(StoredFile { bytes, too_large: true, ..file.clone() });
    }
}

/// The lines of git-status(1), porcelain format 2, separated by NUL.
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
                // A renamed file's old name stands in an item of its own.
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

/// Runs git in a folder and answers what it printed.
///
/// # Errors
/// When it cannot be started, or with what it said.
pub(super) fn git(folder: &Path, args: &[&str]) -> Result<Vec<u8>> {
    let output = Command::new("git")
        .args(["-c", "core.quotepath=off"])
        .args(args)
        .current_dir(folder)
        // Looking must never stand in the way of the user's own git.
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .map_err(Error::io("running git in", folder))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let verb = args.first().unwrap_or(&"");
    Err(Error::invalid(format!("git {verb} in {}: {}", folder.display(), said.trim())))
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
