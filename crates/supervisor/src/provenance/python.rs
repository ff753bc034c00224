//! The version and the installed packages of a Python interpreter.

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use common::provenance::{PythonState, StoredFile};
use serde::{Deserialize, Serialize};

use store::disk::Stamp;
use store::provenance::Store;
use store::{Error, Result};

/// Prints version, search path and packages; standard library only, Python 3.8 and later.
const PACKAGES_SCRIPT: &str = "\
import json, platform, sys
from importlib import metadata
names = {(d.metadata['Name'], d.version) for d in metadata.distributions()}
print(json.dumps({
    'version': platform.python_version(),
    'paths': [path for path in sys.path if path],
    'packages': sorted('%s==%s' % name for name in names if name[0]),
}))
";

/// An interpreter with its installed packages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Interpreter {
    pub state: PythonState,
    /// Folders of its search path: installing or removing a package changes one of them.
    paths: Vec<String>,
}

#[derive(Deserialize)]
struct ScriptOutput {
    version: String,
    paths: Vec<String>,
    packages: Vec<String>,
}

impl Interpreter {
    /// Changes when the interpreter is replaced or a package is installed or removed.
    pub(super) fn fingerprint(&self, executable: &Path) -> String {
        let mut text = format!("{:?}", Stamp::of(executable));
        for path in &self.paths {
            // Writing to a `String` cannot fail.
            let _ = write!(text, " {:?}", Stamp::of(Path::new(path)));
        }
        text
    }
}

/// Queries the interpreter.
///
/// # Errors
/// When it cannot be started, or its output cannot be parsed.
pub(super) fn read(executable: &Path, store: &Store) -> Result<Interpreter> {
    let process_output = Command::new(executable)
        .args(["-I", "-c", PACKAGES_SCRIPT])
        .stdin(Stdio::null())
        .output()
        .map_err(Error::io("starting", executable))?;
    let output: ScriptOutput = serde_json::from_slice(&process_output.stdout).map_err(|_| {
        let stderr = String::from_utf8_lossy(&process_output.stderr);
        let last = stderr.lines().last().unwrap_or("nothing").to_owned();
        Error::invalid(format!(
            "{} did not list the installed packages: {last}",
            executable.display()
        ))
    })?;
    let mut list = output.packages.join("\n");
    list.push('\n');
    let packages: StoredFile = store.put("packages.txt", list.as_bytes())?;
    let executable = executable.to_string_lossy().into_owned();
    let state = PythonState { executable, version: output.version, packages };
    Ok(Interpreter { state, paths: output.paths })
}
