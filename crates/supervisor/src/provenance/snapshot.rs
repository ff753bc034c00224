//! What takes a program to find out: the state of a working tree, the packages of an interpreter.
//!
//! Asked for in a process of its own, `pyr snapshot`, so that what it costs is not counted as the
//! run's; and kept, so that the runs of a grid ask once.

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

/// A run does not wait longer than this to know where it comes from.
const PATIENCE: Duration = Duration::from_secs(20);
/// Runs that start within this time of each other share one look at the working tree.
const TREE_FRESH_US: u64 = 1_000_000;

/// What is to be found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The working tree with this top.
    Git(PathBuf),
    /// The interpreter with this path.
    Python(PathBuf),
}

/// What was found out, and when.
#[derive(Serialize, Deserialize)]
struct Kept<T> {
    /// Before anything was looked at, microseconds since the epoch.
    taken_us: u64,
    /// What must be unchanged for it to be true still.
    fingerprint: String,
    value: T,
}

impl Subject {
    fn file(&self, store: &Store, ending: &str) -> PathBuf {
        let (kind, path) = match self {
            Self::Git(root) => ("git", root),
            Self::Python(executable) => ("python", executable),
        };
        // One file a subject; two that differ only here take turns, which is slower and never wrong.
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

/// Finds it out unless it is known, and keeps it. This is what `pyr snapshot` does.
///
/// # Errors
/// When it cannot be found out, or not be kept.
pub fn take_snapshot(pyruns_dir: &Path, subject: &Subject) -> Result<()> {
    let store = Store::of(pyruns_dir);
    store.create()?;
    // Whoever comes at the same time waits for this one's answer instead of asking again.
    let _lock = FileLock::wait(&subject.file(&store, "lock"))?;
    let path = subject.file(&store, "json");
    let taken_us = clock::epoch_us();
    match subject {
        Subject::Git(root) => {
            if tree(&store, subject).is_none() {
                let value = git::read(root, &store)?;
                keep(&path, &Kept { taken_us, fingerprint: String::new(), value })?;
            }
        }
        Subject::Python(executable) => {
            if interpreter(&store, subject).is_none() {
                let value = python::read(executable, &store)?;
                let fingerprint = value.fingerprint(executable);
                keep(&path, &Kept { taken_us, fingerprint, value })?;
            }
        }
    }
    Ok(())
}

/// The working tree as it was at most a second ago, if somebody has looked.
fn tree(store: &Store, subject: &Subject) -> Option<common::provenance::GitState> {
    let kept: Kept<_> = known(store, subject)?;
    let now_us = clock::epoch_us();
    // A look in the future is one of before the clock was set back.
    (kept.taken_us <= now_us && now_us - kept.taken_us < TREE_FRESH_US).then_some(kept.value)
}

/// The interpreter and its packages, if nothing was installed since somebody has looked.
fn interpreter(store: &Store, subject: &Subject) -> Option<python::Interpreter> {
    let kept: Kept<python::Interpreter> = known(store, subject)?;
    let Subject::Python(executable) = subject else { return None };
    (kept.value.fingerprint(executable) == kept.fingerprint).then_some(kept.value)
}

/// The working tree that holds a folder, now.
pub(super) fn of_tree(pyruns_dir: &Path, root: &Path) -> Result<common::provenance::GitState> {
    let (store, subject) = (Store::of(pyruns_dir), Subject::Git(root.to_owned()));
    if let Some(state) = tree(&store, &subject) {
        return Ok(state);
    }
    ask(pyruns_dir, &subject)?;
    // Also where it took longer than it stays fresh.
    let kept: Option<Kept<_>> = known(&store, &subject);
    kept.map(|kept| kept.value).ok_or_else(|| no_answer(&subject))
}

/// An interpreter and its packages, now.
pub(super) fn of_interpreter(pyruns_dir: &Path, executable: &Path) -> Result<python::Interpreter> {
    let (store, subject) = (Store::of(pyruns_dir), Subject::Python(executable.to_owned()));
    if let Some(interpreter) = interpreter(&store, &subject) {
        return Ok(interpreter);
    }
    ask(pyruns_dir, &subject)?;
    interpreter(&store, &subject).ok_or_else(|| no_answer(&subject))
}

fn no_answer(subject: &Subject) -> Error {
    Error::invalid(format!("there was no answer about {subject:?}"))
}

fn known<T: DeserializeOwned>(store: &Store, subject: &Subject) -> Option<Kept<T>> {
    serde_json::from_slice(&std::fs::read(subject.file(store, "json")).ok()?).ok()
}

fn keep<T: Serialize>(path: &Path, kept: &Kept<T>) -> Result<()> {
    let text = serde_json::to_vec(kept).unwrap_or_default();
    write_atomic(path, &text)
}

/// Runs `pyr snapshot` and waits until it has closed its output. It is not waited for as a child is:
/// its time and memory would be counted with those of the run.
fn ask(pyruns_dir: &Path, subject: &Subject) -> Result<()> {
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
    let Some(mut said) = child.stdout.take() else {
        return Ok(());
    };
    let patience = Timespec::try_from(PATIENCE).ok();
    let ended = poll(&mut [PollFd::new(&said, PollFlags::IN)], patience.as_ref());
    if !matches!(ended, Ok(1..)) {
        // Gone already is as good.
        let _ = child.kill();
        return Err(Error::invalid(format!("there was no answer within {PATIENCE:?}")));
    }
    let mut failure = String::new();
    said.read_to_string(&mut failure).map_err(Error::io("reading from", &executable))?;
    match failure.trim() {
        "" => Ok(()),
        failure => Err(Error::invalid(failure)),
    }
}
