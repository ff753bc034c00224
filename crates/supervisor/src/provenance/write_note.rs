//! Writes the provenance note of a run before its child starts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use common::TaskKind;
use common::provenance::Provenance;

use super::git;
use super::snapshot;
use crate::gpu;
use store::disk::{create_folders, write_unsynced};
use store::provenance::Store;
use store::task::TaskDir;
use store::{Error, Result, clock};

/// The inputs of a provenance note.
pub(crate) struct NoteInput<'a> {
    pub dir: &'a TaskDir,
    pub run_index: u32,
    pub pyruns_dir: &'a Path,
    pub task_kind: TaskKind,
    pub command: Vec<String>,
    pub workdir: &'a Path,
    pub env: Vec<(String, String)>,
    /// Names of the variables inherited from the server's environment.
    pub env_from: BTreeSet<String>,
    /// The script of a Python task.
    pub script: Option<&'a Path>,
    /// Its Python interpreter.
    pub python: Option<&'a Path>,
    pub gpus: &'a [u32],
}

/// Writes the note. Information that cannot be determined is left out and never fails the run.
///
/// # Errors
/// When the note cannot be written.
pub(crate) fn write_note(run: &NoteInput) -> Result<()> {
    let store = Store::of(run.pyruns_dir);
    store.create()?;
    let mut gaps = Vec::new();
    let mut add_gap = |what: &str, error: Error| gaps.push(format!("{what}: {error}"));
    let config_file = run.task_kind.config_file();
    let config = store.put_file_unsynced(config_file, &run.dir.config(config_file));
    let config = config.map_err(|error| add_gap("the config", error)).unwrap_or_default();
    let root = git::root_of(run.script.and_then(Path::parent).unwrap_or(run.workdir));
    let state = root.map(|root| snapshot::of_tree(run.pyruns_dir, root));
    let state = state.and_then(|state| state.map_err(|error| add_gap("git", error)).ok());
    let script = run.script.map(|script| {
        let below = root.and_then(|root| script.strip_prefix(root).ok());
        store.put_file_unsynced(&below.unwrap_or(script).to_string_lossy(), script)
    });
    let script = script.and_then(|file| file.map_err(|error| add_gap("the script", error)).ok());
    let python = run.python.map(|python| snapshot::of_interpreter(run.pyruns_dir, python));
    let python = python.and_then(|python| python.map_err(|error| add_gap("python", error)).ok());
    let mut env: BTreeMap<String, String> = run.env.iter().cloned().collect();
    let secrets = store.secrets();
    let masked_env = secrets.mask(&mut env);
    let mut command = run.command.clone();
    secrets.mask_command(&mut command);
    let provenance = Provenance {
        noted_at: clock::utc_stamp(),
        hostname: rustix::system::uname().nodename().to_string_lossy().into_owned(),
        user: gpu::owner(std::process::id()),
        pyruns_version: env!("CARGO_PKG_VERSION").to_owned(),
        command,
        workdir: run.workdir.to_string_lossy().into_owned(),
        env,
        masked_env,
        env_from: run.env_from.iter().cloned().collect(),
        config,
        script,
        git: state,
        python: python.map(|python| python.state),
        gpus: gpu::names(run.gpus),
        gaps,
    };
    let path = run.dir.provenance(run.run_index);
    let logs = run.dir.run_logs();
    create_folders(&logs).map_err(Error::io("creating", &logs))?;
    let mut text = serde_json::to_string_pretty(&provenance).unwrap_or_default();
    text.push('\n');
    write_unsynced(&path, text.as_bytes())
}
