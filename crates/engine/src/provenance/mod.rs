//! Where a run came from: what its supervisor noted, compared, handed out and restored.

mod diff;
mod file;
mod get;
mod restore;
mod restore_git;
