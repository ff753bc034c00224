//! Starts an engine for the target argument of a command.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use common::launcher::OpenRequest;
use engine::{Engine, Options, WorkspaceSelector};

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::project::Location;

/// The target of a command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// No target: the launcher.
    Launcher,
    /// The shell workspace of the current folder.
    Shell,
    /// A Python script.
    Script(PathBuf),
    /// A workspace folder, or a folder with scripts.
    Folder(PathBuf),
}

impl Target {
    /// The target argument, or the workspace that `-w` names.
    ///
    /// # Errors
    /// If both are given, or the target does not exist.
    pub(crate) fn of(global: &GlobalArgs, argument: Option<&OsStr>) -> Result<Self, Failure> {
        match (argument, &global.workspace) {
            (None, Some(_)) => Ok(Self::Folder(Location::find(global)?.workspace().to_owned())),
            (Some(_), Some(_)) => {
                Err(Failure::refused("Name the workspace either with -w or as the argument."))
            }
            (argument, None) => Self::read(argument),
        }
    }

    /// Parses the target argument.
    ///
    /// # Errors
    /// If it is neither a script nor a folder.
    fn read(argument: Option<&OsStr>) -> Result<Self, Failure> {
        let Some(argument) = argument else {
            return Ok(Self::Launcher);
        };
        let path = Path::new(argument);
        if path.is_dir() {
            return Ok(Self::Folder(path.to_owned()));
        }
        if argument == "shell" {
            return Ok(Self::Shell);
        }
        if path.is_file() && path.extension().is_some_and(|ext| ext == "py") {
            return Ok(Self::Script(path.to_owned()));
        }
        let path_text = path.display();
        Err(match path.exists() {
            true => Failure::refused(format!(
                "{path_text} is neither a Python script (.py) nor a folder"
            )),
            false => Failure::not_found(format!("{path_text} does not exist")),
        })
    }

    /// The folder of the project, which contains `_pyruns_`.
    pub(crate) fn project_dir(&self) -> Result<PathBuf, Failure> {
        Ok(match self {
            Self::Launcher | Self::Shell => env::current_dir()?,
            Self::Script(script) => {
                let script = std::fs::canonicalize(script)?;
                script.parent().unwrap_or(Path::new("/")).to_owned()
            }
            Self::Folder(dir) => {
                let dir = std::fs::canonicalize(dir)?;
                let pyruns = dir.ancestors().take(2).find(|dir| dir.ends_with("_pyruns_"));
                pyruns.and_then(Path::parent).unwrap_or(&dir).to_owned()
            }
        })
    }

    /// The existing workspace folder of the target.
    ///
    /// # Errors
    /// If there is none, or there are several candidates.
    pub(crate) fn workspace_dir(&self) -> Result<PathBuf, Failure> {
        let project = self.project_dir()?;
        let pyruns = project.join("_pyruns_");
        let named = match self {
            Self::Shell => pyruns.join(common::WorkspaceName::SHELL),
            Self::Script(script) => engine::workspace_root(&std::fs::canonicalize(script)?),
            Self::Folder(dir) if std::fs::canonicalize(dir)?.parent() == Some(&pyruns) => {
                std::fs::canonicalize(dir)?
            }
            Self::Launcher | Self::Folder(_) => return only_workspace(&pyruns),
        };
        match named.join("tasks").is_dir() {
            true => Ok(named),
            false => Err(Failure::not_found(format!("{} has no tasks", named.display()))),
        }
    }

    fn options(&self) -> Result<Options, Failure> {
        Ok(Options {
            project_dir: self.project_dir()?,
            pyr_executable: env::current_exe()?,
            gpus: engine::gpus_of_this_machine(),
        })
    }

    /// A read-only engine, and the target's workspace.
    ///
    /// # Errors
    /// If there is no workspace, or there are several candidates.
    pub(crate) fn read_only(&self) -> Result<(Engine, WorkspaceSelector), Failure> {
        let workspace = self.workspace_dir()?;
        let engine = Engine::read(self.options()?)?;
        Ok((engine, WorkspaceSelector::Folder(workspace)))
    }

    /// Starts an engine and opens the target.
    ///
    /// # Errors
    /// If the target cannot be opened.
    pub(crate) fn open(&self, config: Option<&Path>) -> Result<Engine, Failure> {
        let engine = Engine::start(self.options()?)?;
        let text = |path: &Path| path.to_string_lossy().into_owned();
        match self {
            Self::Launcher => {}
            Self::Shell => drop(engine.open_shell()?),
            Self::Script(script) => {
                let config_path = config.map(text);
                engine.open_script(&OpenRequest { script_path: text(script), config_path })?;
            }
            Self::Folder(dir) => {
                let dir = std::fs::canonicalize(dir)?;
                let inside = dir.parent().is_some_and(|parent| parent.ends_with("_pyruns_"));
                if inside {
                    engine.open_run_root(&text(&dir))?;
                }
            }
        }
        Ok(engine)
    }
}

/// The only workspace of a project.
fn only_workspace(pyruns: &Path) -> Result<PathBuf, Failure> {
    let listing = std::fs::read_dir(pyruns);
    let listing = listing
        .map_err(|error| Failure::not_found(format!("reading {}: {error}", pyruns.display())))?;
    let dirs = listing.flatten().map(|item| item.path());
    let mut found: Vec<PathBuf> = dirs.filter(|dir| dir.join("tasks").is_dir()).collect();
    found.sort();
    match found.as_slice() {
        [] => Err(Failure::not_found(format!("{} has no tasks", pyruns.display()))),
        [_] => Ok(found.swap_remove(0)),
        several => {
            let names: Vec<_> =
                several.iter().filter_map(|dir| dir.file_name()?.to_str()).collect();
            let text = format!(
                "there are several workspaces; name a script or workspace folder: {}",
                names.join(", ")
            );
            Err(Failure::refused(text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_target_is_an_error() {
        let missing = Target::read(Some(OsStr::new("no/such/train.py"))).unwrap_err();
        assert_eq!(missing.to_string(), "no/such/train.py does not exist");
        assert!(Target::read(Some(OsStr::new("Cargo.toml"))).is_err());
        assert_eq!(Target::read(Some(OsStr::new("shell"))).unwrap(), Target::Shell);
        assert_eq!(Target::read(None).unwrap(), Target::Launcher);
    }
}
