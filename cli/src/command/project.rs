//! Finds the project and the workspace of a command, and opens them.

use std::env;
use std::path::{Path, PathBuf};

use common::WorkspaceName;
use engine::{Engine, Options, WorkspaceSelector};

use super::failure::Failure;
use super::global_args::GlobalArgs;

/// The folder of all workspaces of a project.
const PYRUNS: &str = "_pyruns_";

/// The project and workspace of a command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Location {
    /// The folder that contains `_pyruns_`.
    project: PathBuf,
    /// The folder of the workspace.
    workspace: PathBuf,
}

impl Location {
    /// The project is the nearest folder with `_pyruns_`, from the start folder upwards. The workspace is the one
    /// that is named, else the one around the start folder, else the only one.
    ///
    /// # Errors
    /// If there is no project, no such workspace, or several and none is named.
    pub(crate) fn find(global: &GlobalArgs) -> Result<Self, Failure> {
        Self::find_from(&start_dir()?, global.workspace.as_deref())
    }

    fn find_from(start: &Path, named: Option<&str>) -> Result<Self, Failure> {
        // A script or folder that is named by its path is in a project of its own.
        if let Some(workspace) = named.and_then(|text| folder_of_path(start, text)) {
            return Self::of_workspace(workspace);
        }
        let project = project_of(start).ok_or_else(|| {
            Failure::not_found(format!(
                "{} and the folders above it contain no {PYRUNS}. Create a workspace with `pyr init train.py` \
                 or `pyr init shell`, or name the folder with -C.",
                start.display()
            ))
        })?;
        let pyruns = project.join(PYRUNS);
        if let Some(name) = named {
            let name = if name == "shell" { WorkspaceName::SHELL } else { name };
            return Self::of_workspace(pyruns.join(name));
        }
        let around = start.ancestors().find(|dir| dir.parent() == Some(&pyruns));
        match around.filter(|dir| is_workspace(dir)) {
            Some(workspace) => Self::of_workspace(workspace.to_owned()),
            None => Self::of_workspace(only_workspace(&pyruns)?),
        }
    }

    fn of_workspace(workspace: PathBuf) -> Result<Self, Failure> {
        if !is_workspace(&workspace) {
            let text = format!("{} is not a workspace.{}", workspace.display(), known(&workspace));
            return Err(Failure::not_found(text));
        }
        let project = workspace.parent().and_then(Path::parent).unwrap_or(&workspace).to_owned();
        Ok(Self { project, workspace })
    }

    /// The shell workspace of the project, or of the start folder if there is no project. It is created if it does
    /// not exist.
    ///
    /// # Errors
    /// If it cannot be created.
    pub(crate) fn shell() -> Result<Self, Failure> {
        let start = start_dir()?;
        let project = Self::project_or_start(&start);
        let workspace = project.join(PYRUNS).join(WorkspaceName::SHELL);
        if !is_workspace(&workspace) {
            client_of(project)?.open_shell()?;
        }
        Self::of_workspace(workspace)
    }

    /// The project around a folder, or the folder itself if there is none.
    pub(crate) fn project_or_start(start: &Path) -> &Path {
        project_of(start).unwrap_or(start)
    }

    /// The project alone, for commands on all its workspaces.
    ///
    /// # Errors
    /// If there is no project or it has no workspace.
    pub(crate) fn any() -> Result<Self, Failure> {
        let start = start_dir()?;
        let missing = || Failure::not_found(format!("{} is not in a project.", start.display()));
        let project = project_of(&start).ok_or_else(missing)?;
        let first = workspaces(&project.join(PYRUNS)).into_iter().next().ok_or_else(missing)?;
        Self::of_workspace(first)
    }

    /// The folder that contains `_pyruns_`.
    pub(crate) fn project(&self) -> &Path {
        &self.project
    }

    /// The folder `_pyruns_`.
    pub(crate) fn pyruns_dir(&self) -> PathBuf {
        self.project.join(PYRUNS)
    }

    /// The folder of the workspace.
    pub(crate) fn workspace(&self) -> &Path {
        &self.workspace
    }

    /// The folders of all workspaces of the project.
    pub(crate) fn workspaces(&self) -> Vec<PathBuf> {
        workspaces(&self.pyruns_dir())
    }

    fn options(&self) -> Result<Options, Failure> {
        options(&self.project)
    }

    fn selector(&self) -> WorkspaceSelector {
        WorkspaceSelector::Folder(self.workspace.clone())
    }

    /// A read-only engine.
    ///
    /// # Errors
    /// If the project cannot be opened.
    pub(crate) fn reader(&self) -> Result<(Engine, WorkspaceSelector), Failure> {
        Ok((Engine::read(self.options()?)?, self.selector()))
    }

    /// An engine that changes tasks and leaves their start to the process that runs the queue.
    ///
    /// # Errors
    /// If the project cannot be opened, or belongs to another user.
    pub(crate) fn client(&self) -> Result<(Engine, WorkspaceSelector), Failure> {
        Ok((Engine::client(self.options()?)?, self.selector()))
    }

    /// An engine that runs the queue if no other process does.
    ///
    /// # Errors
    /// If the project cannot be opened, or belongs to another user.
    pub(crate) fn queue(&self) -> Result<(Engine, WorkspaceSelector), Failure> {
        Ok((Engine::start(self.options()?)?, self.selector()))
    }
}

/// An engine that changes tasks of a project, which need not have a workspace.
///
/// # Errors
/// If the folder cannot be opened, or belongs to another user.
pub(crate) fn client_of(project: &Path) -> Result<Engine, Failure> {
    Ok(Engine::client(options(project)?)?)
}

fn options(project: &Path) -> Result<Options, Failure> {
    Ok(Options {
        project_dir: project.to_owned(),
        pyr_executable: env::current_exe()?,
        gpus: engine::gpus_of_this_machine(),
    })
}

/// The current folder, from which the project is searched; without symbolic links, as in the paths of a project.
///
/// # Errors
/// If it does not exist any more.
pub(crate) fn start_dir() -> Result<PathBuf, Failure> {
    Ok(std::fs::canonicalize(env::current_dir()?)?)
}

/// The workspace folder of a script, or of a path with a separator.
fn folder_of_path(start: &Path, text: &str) -> Option<PathBuf> {
    let path = start.join(text);
    if path.extension().is_some_and(|ext| ext == "py") && path.is_file() {
        return std::fs::canonicalize(&path).ok().map(|script| engine::workspace_root(&script));
    }
    let is_path = text.contains('/');
    is_path.then(|| std::fs::canonicalize(&path).unwrap_or(path))
}

/// The nearest folder with `_pyruns_`, or the one that `_pyruns_` above `start` is in.
fn project_of(start: &Path) -> Option<&Path> {
    if let Some(pyruns) = start.ancestors().find(|dir| dir.ends_with(PYRUNS)) {
        return pyruns.parent();
    }
    start.ancestors().find(|dir| dir.join(PYRUNS).is_dir())
}

fn is_workspace(dir: &Path) -> bool {
    dir.join("tasks").is_dir()
}

fn workspaces(pyruns: &Path) -> Vec<PathBuf> {
    let listing = std::fs::read_dir(pyruns).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> =
        listing.map(|item| item.path()).filter(|dir| is_workspace(dir)).collect();
    found.sort();
    found
}

/// The existing workspaces beside a missing one, as a sentence.
fn known(missing: &Path) -> String {
    let found = missing.parent().map(workspaces).unwrap_or_default();
    match found.is_empty() {
        true => String::new(),
        false => format!(" Workspaces: {}.", names(&found)),
    }
}

fn names(workspaces: &[PathBuf]) -> String {
    let names: Vec<_> = workspaces.iter().filter_map(|dir| dir.file_name()?.to_str()).collect();
    names.join(", ")
}

fn only_workspace(pyruns: &Path) -> Result<PathBuf, Failure> {
    let mut found = workspaces(pyruns);
    match found.as_slice() {
        [] => Err(Failure::not_found(format!("{} contains no workspace.", pyruns.display()))),
        [_] => Ok(found.swap_remove(0)),
        [first, ..] => {
            let first = first.file_name().unwrap_or_default().to_string_lossy();
            Err(Failure::refused(format!(
                "This project has several workspaces: {}. Name one: pyr -w {first} …",
                names(&found)
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_project_is_found_upwards_and_the_workspace_by_name() {
        let temp = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(temp.path()).unwrap();
        let missing = Location::find_from(&root, None).unwrap_err();
        assert_eq!(missing.status, super::super::failure::ExitStatus::NotFound);

        let folder = |name: &str| root.join(PYRUNS).join(name);
        fs::create_dir_all(folder("train").join("tasks")).unwrap();
        fs::create_dir_all(root.join("src/deep")).unwrap();
        let found = Location::find_from(&root.join("src/deep"), None).unwrap();
        assert_eq!(found, Location { project: root.clone(), workspace: folder("train") });

        fs::create_dir_all(folder("_shell_").join("tasks")).unwrap();
        let several = Location::find_from(&root, None).unwrap_err();
        assert_eq!(several.status, super::super::failure::ExitStatus::Refused);
        assert!(several.to_string().contains("_shell_, train. Name one: pyr -w _shell_"));
        for (workspace, name) in [("train", "train"), ("shell", "_shell_")] {
            let found = Location::find_from(&root, Some(workspace)).unwrap();
            assert_eq!(found.workspace, folder(name));
        }
        // Inside a workspace no name is needed.
        let inside = Location::find_from(&folder("train").join("tasks"), None).unwrap();
        assert_eq!(inside.workspace, folder("train"));
        let unknown = Location::find_from(&root, Some("eval")).unwrap_err();
        assert!(unknown.to_string().ends_with("Workspaces: _shell_, train."), "{unknown}");

        fs::write(root.join("train.py"), "").unwrap();
        let by_script = Location::find_from(&root, Some("train.py")).unwrap();
        assert_eq!(by_script.workspace, folder("train"));
        let by_path = Location::find_from(&root, Some("_pyruns_/_shell_")).unwrap();
        assert_eq!(by_path.workspace, folder("_shell_"));
    }
}
