//! The checkout that the tests were built from: its root folder and what Cargo says about its packages.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The root folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The packages of the workspace as `cargo metadata` describes them, with the lock file as it is.
pub(crate) fn metadata() -> Value {
    cargo_metadata(&["--no-deps", "--offline"])
}

/// The packages of the workspace and everything that they depend on, on Linux.
pub(crate) fn metadata_with_dependencies() -> Value {
    cargo_metadata(&["--filter-platform", "x86_64-unknown-linux-gnu"])
}

fn cargo_metadata(args: &[&str]) -> Value {
    let cargo = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version", "1"])
        .args(args)
        .current_dir(root())
        .output()
        .unwrap();
    assert!(cargo.status.success(), "{}", String::from_utf8_lossy(&cargo.stderr));
    serde_json::from_slice(&cargo.stdout).unwrap()
}
