//! `POST /api/tasks/{name}/restore-inputs`: the inputs of a run, in a new folder.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use common::provenance::{
    GitState, Provenance, RestoreInputsRequest, RestoreInputsResponse, StoredFile,
};

use super::get;
use super::store::Store;
use crate::engine::{Engine, Pick};
use crate::{Error, Result, clock};

/// What is ours in the restored folder: the config, the packages, a script that runs it again.
const OURS: &str = ".pyruns-inputs";

impl Engine {
    /// Writes what a run was started with: the files of its commit with the changes and the untracked
    /// files on top, or its script where there is no repository; its config, its packages, and
    /// `.pyruns-inputs/run.sh`, which runs it again by hand. The folder appears whole or not at all.
    ///
    /// # Errors
    /// When nothing was noted for the run, the folder is there and not empty, or cannot be written.
    pub fn restore_inputs(
        &self,
        pick: &Pick,
        name: &str,
        request: &RestoreInputsRequest,
    ) -> Result<RestoreInputsResponse> {
        let workspace = self.pick(pick)?;
        let entry = workspace.find(name)?;
        let run_index = request.run_index.unwrap_or(entry.brief.run_index);
        let provenance = get::read(&entry.dir, run_index)?;
        if request.to.trim().is_empty() {
            return Err(Error::invalid(
                "to: name the folder that the inputs are to be restored to.",
            ));
        }
        let to = inside(workspace.project_root(), Path::new(request.to.trim()))?;
        if fs::read_dir(&to).is_ok_and(|mut items| items.next().is_some()) || to.is_file() {
            return Err(Error::Conflict(format!("to: {} is there already.", to.display())));
        }
        let parent = to.parent().unwrap_or(Path::new("/")).to_owned();
        fs::create_dir_all(&parent).map_err(Error::io("creating", &parent))?;
        let folder = parent.join(format!(".restoring-{}", clock::epoch_us()));
        let store = Store::of(workspace.pyruns_dir());
        let mut restored = Restored { folder, to, store, written: Vec::new(), gaps: Vec::new() };
        restored.gaps.extend(provenance.gaps.iter().cloned());
        match restored.write(&provenance).and_then(|()| restored.appear()) {
            Ok(()) => Ok(RestoreInputsResponse {
                to: restored.to.to_string_lossy().into_owned(),
                written: restored.written,
                gaps: restored.gaps,
            }),
            Err(error) => {
                // Best effort: the error that matters is the one that is returned.
                let _ = fs::remove_dir_all(&restored.folder);
                Err(error)
            }
        }
    }
}

/// A folder of the project, or one that is to be: nothing leads out of it.
fn inside(project: &Path, to: &Path) -> Result<PathBuf> {
    let outside = || Error::invalid(format!("to: {} is not inside of the project.", to.display()));
    let whole = project.join(to);
    let below = whole.strip_prefix(project).map_err(|_| outside())?;
    if !below.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(outside());
    }
    let mut there = whole.ancestors().filter_map(|folder| fs::canonicalize(folder).ok());
    let project = fs::canonicalize(project).map_err(Error::io("finding", project))?;
    if there.next().is_some_and(|nearest| nearest.starts_with(project)) {
        return Ok(whole);
    }
    Err(outside())
}

struct Restored {
    /// Where it is written.
    folder: PathBuf,
    /// Where it appears.
    to: PathBuf,
    store: Store,
    written: Vec<String>,
    gaps: Vec<String>,
}

impl Restored {
    fn write(&mut self, provenance: &Provenance) -> Result<()> {
        let ours = self.folder.join(OURS);
        fs::create_dir_all(&ours).map_err(Error::io("creating", &ours))?;
        match (&provenance.git, &provenance.script) {
            (Some(state), _) => self.tree(state)?,
            (None, Some(script)) => {
                let name = Path::new(&script.path).file_name().unwrap_or_default();
                self.file(script, &PathBuf::from(name))?;
                self.gaps.push("outside of git only the script itself is kept".to_owned());
            }
            (None, None) => {}
        }
        self.file(&provenance.config, &Path::new(OURS).join(&provenance.config.path))?;
        if let Some(python) = &provenance.python {
            self.file(&python.packages, &Path::new(OURS).join("packages.txt"))?;
        }
        let path = Path::new(OURS).join("run.sh");
        let text = self.run_script(provenance);
        self.bytes(&path, text.as_bytes())
    }

    /// The commit's files, then what had been changed, then what git did not know.
    fn tree(&mut self, state: &GitState) -> Result<()> {
        let root = Path::new(&state.root);
        if !state.commit.is_empty() {
            let index = self.folder.join(OURS).join(".index");
            checkout(root, &state.commit, &index, &self.folder)?;
            // Git's own list of what it wrote is of no more use.
            let _ = fs::remove_file(&index);
            self.written.push(format!("the files of commit {}", state.commit));
        }
        if let Some(diff) = &state.diff {
            let content = self.store.content(diff)?;
            apply(&self.folder, &content)?;
            self.written.push("the changes since then".to_owned());
        }
        for file in &state.untracked {
            let path = PathBuf::from(&file.path);
            if path.components().all(|part| matches!(part, Component::Normal(_))) {
                self.file(file, &path)?;
            }
        }
        if state.untracked_more > 0 {
            let more = state.untracked_more;
            self.gaps.push(format!("{more} more untracked files were not listed"));
        }
        Ok(())
    }

    /// A file that was too large to be kept is a gap; one that was kept must be there.
    fn file(&mut self, file: &StoredFile, path: &Path) -> Result<()> {
        if file.too_large {
            self.gaps.push(format!("{} was too large to be kept", file.path));
            return Ok(());
        }
        let content = self.store.content(file)?;
        self.bytes(path, &content)
    }

    fn bytes(&mut self, path: &Path, content: &[u8]) -> Result<()> {
        let whole = self.folder.join(path);
        let parent = whole.parent().unwrap_or(&self.folder);
        fs::create_dir_all(parent).map_err(Error::io("creating", parent))?;
        fs::write(&whole, content).map_err(Error::io("writing", &whole))?;
        self.written.push(path.to_string_lossy().into_owned());
        Ok(())
    }

    /// The command as it was, in the new folder.
    fn run_script(&self, provenance: &Provenance) -> String {
        let moved = |text: &str| match &provenance.git {
            Some(state) => text.replace(&state.root, &self.to.to_string_lossy()),
            None => match &provenance.script {
                Some(script) if text == script.path => {
                    let name = Path::new(text).file_name().unwrap_or_default();
                    self.to.join(name).to_string_lossy().into_owned()
                }
                _ => text.to_owned(),
            },
        };
        let config = self.to.join(OURS).join(&provenance.config.path);
        let config = config.to_string_lossy();
        let mut text =
            String::from("#!/bin/sh\n# Runs it again, by hand: what it reports goes nowhere.\n");
        // Formatting into a text cannot fail.
        let _ = writeln!(text, "cd {} || exit", quoted(&moved(&provenance.workdir)));
        for (key, value) in &provenance.env {
            let value = match key.as_str() {
                "PYRUNS_TASK_DIR" | "PYRUNS_RUN_INDEX" | "__PYRUNS_ROOT__" => continue,
                "__PYRUNS_CONFIG__" => config.clone().into_owned(),
                _ => moved(value),
            };
            let _ = writeln!(text, "export {key}={}", quoted(&value));
        }
        let words = provenance.command.iter().enumerate().map(|(place, word)| {
            let is_script = provenance.script.is_none() && place == 1;
            quoted(&if is_script { config.clone().into_owned() } else { moved(word) })
        });
        let _ = writeln!(text, "exec {}", words.collect::<Vec<_>>().join(" "));
        text
    }

    fn appear(&self) -> Result<()> {
        fs::rename(&self.folder, &self.to).map_err(Error::io("moving into place", &self.to))
    }
}

/// The files of a commit, without touching the repository: also of a commit that no branch holds.
fn checkout(root: &Path, commit: &str, index: &Path, to: &Path) -> Result<()> {
    let mut prefix = to.to_string_lossy().into_owned();
    prefix.push('/');
    let prefix = format!("--prefix={prefix}");
    let index = format!("{}", index.display());
    for args in [vec!["read-tree", commit], vec!["checkout-index", "--all", "--force", &prefix]] {
        let output = Command::new("git")
            .args(&args)
            .current_dir(root)
            .env("GIT_INDEX_FILE", &index)
            .stdin(Stdio::null())
            .output()
            .map_err(Error::io("running git in", root))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(Error::invalid(format!("git {}: {}", args[0], said.trim())));
        }
    }
    Ok(())
}

/// Changes, as they were noted, on top of files that are in no repository.
fn apply(folder: &Path, patch: &[u8]) -> Result<()> {
    let mut child = Command::new("git")
        .args(["apply", "--binary", "--whitespace=nowarn", "-"])
        .current_dir(folder)
        // The new folder may lie inside of a repository, whose paths these are not.
        .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap_or(folder))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(Error::io("running git in", folder))?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(patch).map_err(Error::io("giving the changes to git in", folder))?;
    }
    let output = child.wait_with_output().map_err(Error::io("waiting for git in", folder))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Error::invalid(format!("the changes do not apply: {}", said.trim())))
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
