//! What is installed for an interpreter.

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use common::provenance::{PythonState, StoredFile};
use serde::{Deserialize, Serialize};

use store::disk::Stamp;
use store::provenance::Store;
use store::{Error, Result};

/// Prints version, search path and packages; standard library only, Python 3.8 and later.
const QUESTION: &str = "\
import json, platform, sys
from importlib import metadata
names = {(d.metadata['Name'], d.version) for d in metadata.distributions()}
print(json.dumps({
    'version': platform.python_version(),
    'paths': [path for path in sys.path if path],
    'packages': sorted('%s==%s' % name for name in names if name[0]),
}))
";

/// An interpreter, and where its packages come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Interpreter {
    pub state: PythonState,
    /// Folders of its search path: what is installed or removed changes one of them.
    paths: Vec<String>,
}

#[derive(Deserialize)]
struct Answer {
    version: String,
    paths: Vec<String>,
    packages: Vec<String>,
}

impl Interpreter {
    /// Changes when the interpreter is replaced or a package comes or goes.
    pub(super) fn fingerprint(&self, executable: &Path) -> String {
        let mut text = format!("{:?}", Stamp::of(executable));
        for path in &self.paths {
            // Formatting into a text cannot fail.
            let _ = write!(text, " {:?}", Stamp::of(Path::new(path)));
        }
        text
    }
}

/// Asks the interpreter.
///
/// # Errors
/// When it cannot be started, or its answer is none.
pub(super) fn read(executable: &Path, store: &Store) -> Result<Interpreter> {
    let output = Command::new(executable)
        .args(["-I", "-c", QUESTION])
        .stdin(Stdio::null())
        .output()
        .map_err(Error::io("starting", executable))?;
    let answer: Answer = serde_json::from_slice(&output.stdout).map_err(|_| {
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().last().unwrap_or("nothing").to_owned();
        Error::invalid(format!("{} did not say what is installed: {last}", executable.display()))
    })?;
    let mut list = answer.packages.join("\n");
    list.push('\n');
    let packages: StoredFile = store.keep("packages.txt", list.as_bytes())?;
    let executable = executable.to_string_lossy().into_owned();
    let state = PythonState { executable, version: answer.version, packages };
    Ok(Interpreter { state, paths: answer.paths })
}
