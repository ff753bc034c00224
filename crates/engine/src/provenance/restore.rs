//! Restores the inputs of a run in a new folder.

use common::TaskName;
use std::fmt::Write as _;
use std::fs;
use std::path::{Component, Path, PathBuf};

use common::provenance::{
    GitState, Provenance, RestoreInputsRequest, RestoreInputsResponse, StoredFile,
};

use super::get;
use super::restore_git::{apply, checkout};
use crate::engine::{Engine, WorkspaceSelector};
use common::secret::MASK;
use common::shell::in_quotes;
use store::disk::Folder;
use store::provenance::Store;
use store::provenance::secrets::is_masked;
use store::{Error, Result, clock};

/// The subfolder of the restored folder with the config, the packages and a script that runs them.
const INPUTS_DIR: &str = ".pyruns-inputs";

impl Engine {
    /// Writes the inputs of a run: the files of its commit with the diff and the untracked files, or its script if
    /// there is no repository; its config and packages; and `.pyruns-inputs/run.sh`, which runs it again. The folder
    /// is created completely or not at all.
    ///
    /// # Errors
    /// If the run has no provenance record, or the folder is not empty or cannot be written.
    pub fn restore_inputs(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        request: &RestoreInputsRequest,
    ) -> Result<RestoreInputsResponse> {
        let workspace = self.workspace_of(selector)?;
        let entry = workspace.find(name)?;
        let run_index = get::run_or_newest(&entry.dir, request.run_index)?;
        let provenance = get::read(&entry.dir, run_index)?;
        if request.to.trim().is_empty() {
            return Err(Error::invalid(
                "to: name the folder that the inputs are to be restored to.",
            ));
        }
        let to = inside(workspace.project_root(), Path::new(request.to.trim()))?;
        if fs::read_dir(&to).is_ok_and(|mut items| items.next().is_some()) || to.is_file() {
            return Err(Error::Conflict(format!("to: {} already exists.", to.display())));
        }
        let parent = parent_of(workspace.project_root(), &to)?;
        let temp_name = format!(".restoring-{}", clock::epoch_us());
        let folder = parent.make(&temp_name).map_err(Error::io("creating a folder beside", &to))?;
        let store = Store::of(workspace.pyruns_dir());
        let mut restoration =
            Restoration { folder, to, store, written: Vec::new(), gaps: Vec::new() };
        restoration.gaps.extend(provenance.gaps.iter().cloned());
        match restoration
            .write(&provenance)
            .and_then(|()| restoration.move_into_place(&parent, &temp_name))
        {
            Ok(()) => Ok(RestoreInputsResponse {
                to: restoration.to.to_string_lossy().into_owned(),
                written: restoration.written,
                gaps: restoration.gaps,
            }),
            Err(error) => {
                // Best effort: the error that matters is the one that is returned.
                let _ = parent.remove_all(&temp_name);
                Err(error)
            }
        }
    }
}

/// Checks that a path, which may not exist yet, is inside of the project.
fn inside(project: &Path, to: &Path) -> Result<PathBuf> {
    let outside = || Error::invalid(format!("to: {} is not inside the project.", to.display()));
    let target = project.join(to);
    let below = target.strip_prefix(project).map_err(|_| outside())?;
    if !below.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(outside());
    }
    let mut existing = target.ancestors().filter_map(|folder| fs::canonicalize(folder).ok());
    let project = fs::canonicalize(project).map_err(Error::io("finding", project))?;
    if existing.next().is_some_and(|nearest| nearest.starts_with(project)) {
        return Ok(target);
    }
    Err(outside())
}

/// Opens the parent folder of a path in the project, and creates it if it does not exist.
fn parent_of(project: &Path, to: &Path) -> Result<Folder> {
    let io_error = |error| Error::io("opening the folder of", to)(error);
    let parent = to.parent().unwrap_or(to);
    let existing = parent.ancestors().find(|folder| folder.is_dir()).unwrap_or(project);
    let below = existing.strip_prefix(project).unwrap_or(Path::new(""));
    let parent_folder = match below.as_os_str().is_empty() {
        true => Folder::open(project),
        false => Folder::beneath(project, below),
    }
    .map_err(io_error)?;
    match parent.strip_prefix(existing) {
        Ok(missing) if !missing.as_os_str().is_empty() => {
            parent_folder.make(missing).map_err(io_error)
        }
        _ => Ok(parent_folder),
    }
}

struct Restoration {
    /// The temporary folder that is written.
    folder: Folder,
    /// The final path.
    to: PathBuf,
    store: Store,
    written: Vec<String>,
    gaps: Vec<String>,
}

impl Restoration {
    fn write(&mut self, provenance: &Provenance) -> Result<()> {
        self.folder
            .make(INPUTS_DIR)
            .map_err(Error::io("creating", &self.folder.path().join(INPUTS_DIR)))?;
        match (&provenance.git, &provenance.script) {
            (Some(state), _) => self.write_tree(state)?,
            (None, Some(script)) => {
                let name = Path::new(&script.path).file_name().unwrap_or_default();
                self.write_file(script, &PathBuf::from(name))?;
                self.gaps.push("outside of git only the script itself is kept".to_owned());
            }
            (None, None) => {}
        }
        self.write_file(&provenance.config, &Path::new(INPUTS_DIR).join(&provenance.config.path))?;
        if let Some(python) = &provenance.python {
            self.write_file(&python.packages, &Path::new(INPUTS_DIR).join("packages.txt"))?;
        }
        let path = Path::new(INPUTS_DIR).join("run.sh");
        let text = self.run_script(provenance);
        self.write_bytes(&path, text.as_bytes())
    }

    /// Writes the commit's files, then the diff, then the untracked files.
    fn write_tree(&mut self, state: &GitState) -> Result<()> {
        let root = Path::new(&state.root);
        if !state.commit.is_empty() {
            checkout(root, &state.commit, &self.folder)?;
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
                self.write_file(file, &path)?;
            }
        }
        if state.untracked_more > 0 {
            let more = state.untracked_more;
            self.gaps.push(format!("{more} more untracked files were not listed"));
        }
        Ok(())
    }

    /// Writes a stored file. A file that was too large to be stored is reported as a gap.
    fn write_file(&mut self, file: &StoredFile, path: &Path) -> Result<()> {
        if file.too_large {
            self.gaps.push(format!("{} was too large to be kept", file.path));
            return Ok(());
        }
        let content = self.store.content(file)?;
        self.write_bytes(path, &content)
    }

    fn write_bytes(&mut self, path: &Path, content: &[u8]) -> Result<()> {
        let io_error = |error| Error::io("writing", &self.folder.path().join(path))(error);
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let parent = match path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            Some(parent) => &self.folder.make(parent).map_err(io_error)?,
            None => &self.folder,
        };
        // Replaces a file of the commit; a link is replaced by a file.
        parent.replace_unsynced(name, content).map_err(io_error)?;
        self.written.push(path.to_string_lossy().into_owned());
        Ok(())
    }

    /// A shell script with the command of the run, adapted to the new folder.
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
        let config = self.to.join(INPUTS_DIR).join(&provenance.config.path);
        let config = config.to_string_lossy();
        let mut text =
            String::from("#!/bin/sh\n# Runs it again, by hand: what it reports goes nowhere.\n");
        // Formatting into a text cannot fail.
        let _ = writeln!(text, "cd {} || exit", in_quotes(&moved(&provenance.workdir)));
        for (key, value) in &provenance.env {
            let value = match key.as_str() {
                "PYRUNS_TASK_DIR" | "PYRUNS_RUN_INDEX" | "__PYRUNS_ROOT__" => continue,
                "__PYRUNS_CONFIG__" => config.clone().into_owned(),
                _ if is_masked(value) => {
                    let _ = writeln!(
                        text,
                        "# {key} was set, to a secret that is not kept: set it yourself."
                    );
                    continue;
                }
                _ => moved(value),
            };
            let _ = writeln!(text, "export {key}={}", in_quotes(&value));
        }
        for key in &provenance.env_from {
            let _ =
                writeln!(text, "# {key} came from the environment of the server: set it yourself.");
        }
        if provenance.command.iter().any(|word| word.contains(MASK)) {
            text.push_str(
                "# The command had secrets that are not kept: write them in place of the masks.\n",
            );
        }
        let words = provenance.command.iter().enumerate().map(|(index, word)| {
            let is_script = provenance.script.is_none() && index == 1;
            in_quotes(&if is_script { config.clone().into_owned() } else { moved(word) })
        });
        let _ = writeln!(text, "exec {}", words.collect::<Vec<_>>().join(" "));
        text
    }

    fn move_into_place(&self, parent: &Folder, temp_name: &str) -> Result<()> {
        let name = self.to.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        // An empty target folder is replaced. If it is not empty, the move fails.
        let moved =
            parent.remove_empty(name).and_then(|()| parent.move_to(temp_name, parent, name));
        moved.map_err(Error::io("moving into place", &self.to))
    }
}
