//! Provenance data that requires running a program: the state of a working tree, the packages of an
//! interpreter.
//!
//! Collected in a separate process, `pyr snapshot`, so that its CPU time is not counted as the
//! run's, and cached, so that the runs of a grid share it.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{git, python};
use store::disk::{FileLock, write_atomic};
use store::provenance::Store;
use store::{Error, Result, clock};

/// Maximum time that a run waits for a snapshot.
const SNAPSHOT_TIMEOUT: Duration = Duration::from_secs(20);
/// Runs that start within this time share one snapshot of the working tree.
const TREE_TTL_US: u64 = 1_000_000;

/// What a snapshot describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The working tree with this root.
    Git(PathBuf),
    /// The interpreter at this path.
    Python(PathBuf),
}

/// A cached snapshot.
#[derive(Serialize, Deserialize)]
struct CachedSnapshot<T> {
    /// When collecting began, microseconds since the epoch.
    taken_us: u64,
    /// The snapshot is valid as long as this fingerprint is unchanged.
    fingerprint: String,
    value: T,
}

impl Subject {
    fn file(&self, store: &Store, ending: &str) -> PathBuf {
        let (kind, path) = match self {
            Self::Git(root) => ("git", root),
            Self::Python(executable) => ("python", executable),
        };
        // One file per subject; two paths that map to the same name evict each other, which is
        // slower but never wrong.
        let readable: String = path
            .to_string_lossy()
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { '-' })
            .rev()
            .take(120)
            .collect();
        let readable: String = readable.chars().rev().collect();
        store.path(&format!("{kind}{readable}.{ending}"))
    }
}

/// Collects the snapshot unless a valid one is cached, and caches it. Called by `pyr snapshot`.
///
/// # Errors
/// When it cannot be collected or cached.
pub fn take_snapshot(pyruns_dir: &Path, subject: &Subject) -> Result<()> {
    let store = Store::of(pyruns_dir);
    store.create()?;
    // Concurrent processes wait for this snapshot instead of collecting it again.
    let _lock = FileLock::wait(&subject.file(&store, "lock"))?;
    let path = subject.file(&store, "json");
    let taken_us = clock::epoch_us();
    match subject {
        Subject::Git(root) => {
            if cached_tree(&store, subject).is_none() {
                let value = git::read(root, &store)?;
                write_cache(
                    &path,
                    &CachedSnapshot { taken_us, fingerprint: String::new(), value },
                )?;
            }
        }
        Subject::Python(executable) => {
            if cached_interpreter(&store, subject).is_none() {
                let value = python::read(executable, &store)?;
                let fingerprint = value.fingerprint(executable);
                write_cache(&path, &CachedSnapshot { taken_us, fingerprint, value })?;
            }
        }
    }
    Ok(())
}

/// The cached state of the working tree, if it is at most a second old.
fn cached_tree(store: &Store, subject: &Subject) -> Option<common::provenance::GitState> {
    let snapshot: CachedSnapshot<_> = read_cache(store, subject)?;
    let now_us = clock::epoch_us();
    // A time in the future means that the clock was set back.
    (snapshot.taken_us <= now_us && now_us - snapshot.taken_us < TREE_TTL_US)
        .then_some(snapshot.value)
}

/// The cached interpreter with its packages, if no package was installed since.
fn cached_interpreter(store: &Store, subject: &Subject) -> Option<python::Interpreter> {
    let snapshot: CachedSnapshot<python::Interpreter> = read_cache(store, subject)?;
    let Subject::Python(executable) = subject else { return None };
    (snapshot.value.fingerprint(executable) == snapshot.fingerprint).then_some(snapshot.value)
}

/// The current state of the working tree at `root`.
pub(super) fn of_tree(pyruns_dir: &Path, root: &Path) -> Result<common::provenance::GitState> {
    let (store, subject) = (Store::of(pyruns_dir), Subject::Git(root.to_owned()));
    if let Some(state) = cached_tree(&store, &subject) {
        return Ok(state);
    }
    run_snapshot(pyruns_dir, &subject)?;
    // Also if collecting took longer than the snapshot stays valid.
    let snapshot: Option<CachedSnapshot<_>> = read_cache(&store, &subject);
    snapshot.map(|snapshot| snapshot.value).ok_or_else(|| no_answer_error(&subject))
}

/// The current state of an interpreter and its packages.
pub(super) fn of_interpreter(pyruns_dir: &Path, executable: &Path) -> Result<python::Interpreter> {
    let (store, subject) = (Store::of(pyruns_dir), Subject::Python(executable.to_owned()));
    if let Some(cached_interpreter) = cached_interpreter(&store, &subject) {
        return Ok(cached_interpreter);
    }
    run_snapshot(pyruns_dir, &subject)?;
    cached_interpreter(&store, &subject).ok_or_else(|| no_answer_error(&subject))
}

fn no_answer_error(subject: &Subject) -> Error {
    Error::invalid(format!("the snapshot of {subject:?} returned no result"))
}

fn read_cache<T: DeserializeOwned>(store: &Store, subject: &Subject) -> Option<CachedSnapshot<T>> {
    serde_json::from_slice(&std::fs::read(subject.file(store, "json")).ok()?).ok()
}

fn write_cache<T: Serialize>(path: &Path, snapshot: &CachedSnapshot<T>) -> Result<()> {
    let text = serde_json::to_vec(snapshot).unwrap_or_default();
    write_atomic(path, &text)
}

/// Runs `pyr snapshot` and waits until it closes its output. It is not waited for as a child,
/// because its time and memory would be counted as those of the run.
fn run_snapshot(pyruns_dir: &Path, subject: &Subject) -> Result<()> {
    let executable = std::env::current_exe().map_err(Error::io("finding", Path::new("pyr")))?;
    let (kind, path) = match subject {
        Subject::Git(root) => ("--git", root),
        Subject::Python(python) => ("--python", python),
    };
    let mut child = Command::new(&executable)
        .arg("snapshot")
        .arg(pyruns_dir)
        .arg(kind)
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(Error::io("starting", &executable))?;
    let Some(mut stdout) = child.stdout.take() else {
        return Ok(());
    };
    let timeout = Timespec::try_from(SNAPSHOT_TIMEOUT).ok();
    let ready = poll(&mut [PollFd::new(&stdout, PollFlags::IN)], timeout.as_ref());
    if !matches!(ready, Ok(1..)) {
        // An error means that it has already ended.
        let _ = child.kill();
        return Err(Error::invalid(format!(
            "the snapshot did not end within {SNAPSHOT_TIMEOUT:?}"
        )));
    }
    let mut failure = String::new();
    stdout.read_to_string(&mut failure).map_err(Error::io("reading from", &executable))?;
    match failure.trim() {
        "" => Ok(()),
        failure => Err(Error::invalid(failure)),
    }
}
