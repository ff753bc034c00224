//! Selects the Python interpreter for scripts.

use std::env;
use std::path::{Path, PathBuf};

use common::settings::Settings;

use crate::{Error, Result};

/// The interpreter: the settings' executable, else the conda environment's, else the first
/// `python3` or `python` on `PATH` (where an active virtual environment comes first).
///
/// # Errors
/// The error names what was not found.
pub fn python(settings: &Settings) -> Result<PathBuf> {
    let requested = settings.python_executable.trim();
    if !requested.is_empty() {
        return find(requested).ok_or_else(|| {
            Error::NoInterpreter(format!("python_executable: {requested} does not exist."))
        });
    }
    let conda = settings.conda_env.trim();
    if !conda.is_empty() {
        return conda_python(conda).ok_or_else(|| {
            Error::NoInterpreter(format!(
                "conda_env: no Python was found in an environment '{conda}'."
            ))
        });
    }
    find("python3").or_else(|| find("python")).ok_or_else(|| {
        Error::NoInterpreter(
            "No python3 was found on PATH. Install one, or set python_executable.".to_owned(),
        )
    })
}

/// Finds a program by path, or by name on `PATH`.
#[must_use]
pub fn find(program: &str) -> Option<PathBuf> {
    if program.contains('/') {
        return Some(PathBuf::from(program)).filter(|path| is_executable(path));
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|dir| dir.join(program)).find(|path| is_executable(path))
}

fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// `bin/python` of a conda environment, given by path or by name below the usual roots.
fn conda_python(environment: &str) -> Option<PathBuf> {
    let by_path = Path::new(environment).join("bin/python");
    if environment.contains('/') {
        return Some(by_path).filter(|path| is_executable(path));
    }
    let root_of_exe = env::var_os("CONDA_EXE")
        .and_then(|exe| Some(Path::new(&exe).parent()?.parent()?.to_owned()));
    let home = env::var_os("HOME").map(PathBuf::from);
    let in_home = home.iter().flat_map(|home| {
        ["miniconda3", "anaconda3", "miniforge3", "mambaforge", ".conda"].map(|dir| home.join(dir))
    });
    root_of_exe
        .into_iter()
        .chain(in_home)
        .map(|root| root.join("envs").join(environment).join("bin/python"))
        .find(|path| is_executable(path))
}
