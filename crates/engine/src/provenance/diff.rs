//! Compares the inputs of two runs line by line.

use common::line_diff::line_diff;
use common::metric::RunRef;
use common::provenance::{InputDiff, InputsDiff, InputsDiffRequest, Provenance, StoredFile};

use super::file::files;
use super::get;
use crate::engine::{Engine, WorkspaceSelector};
use crate::task::requested_name;
use crate::workspace::Workspace;
use store::Result;
use store::provenance::Store;

impl Engine {
    /// The inputs that differ between two runs: config, script, git diff, packages and untracked files.
    ///
    /// # Errors
    /// If the task or run does not exist or has no provenance record.
    pub fn diff_inputs(
        &self,
        selector: &WorkspaceSelector,
        request: &InputsDiffRequest,
    ) -> Result<InputsDiff> {
        let workspace = self.workspace_of(selector)?;
        let (left, right) = (note(&workspace, &request.left)?, note(&workspace, &request.right)?);
        let store = Store::of(workspace.pyruns_dir());
        let (of_left, of_right) = (files(&left), files(&right));
        let find = |side: &[(String, &StoredFile)], name: &str| {
            side.iter().find(|(known, _)| known == name).map(|(_, file)| (*file).clone())
        };
        let alone = of_right.iter().filter(|(name, _)| find(&of_left, name).is_none());
        let names = of_left.iter().chain(alone).map(|(name, _)| name);
        let pairs = names.map(|name| (name, find(&of_left, name), find(&of_right, name)));
        let parts = pairs
            .filter(|(_, left, right)| hash(left.as_ref()) != hash(right.as_ref()))
            .map(|(name, left, right)| part(&store, name, left.as_ref(), right.as_ref()))
            .collect();
        Ok(InputsDiff { parts })
    }
}

fn note(workspace: &Workspace, run: &RunRef) -> Result<Provenance> {
    let entry = workspace.find(&requested_name(&run.task)?)?;
    get::read(&entry.dir, get::run_or_newest(&entry.dir, Some(run.run).filter(|run| *run > 0))?)
}

/// Two files that were too large to be stored are compared by size.
fn hash(file: Option<&StoredFile>) -> Option<(&str, u64)> {
    file.map(|file| (file.sha256.as_str(), file.bytes))
}

fn part(
    store: &Store,
    name: &str,
    left: Option<&StoredFile>,
    right: Option<&StoredFile>,
) -> InputDiff {
    let text = |file: Option<&StoredFile>| match file {
        None => Ok(String::new()),
        Some(file) => {
            let content = store.content(file).map_err(|error| error.to_string())?;
            String::from_utf8(content).map_err(|_| "it is no text".to_owned())
        }
    };
    let name = name.to_owned();
    match (text(left), text(right)) {
        (Ok(left), Ok(right)) => InputDiff { name, hunks: line_diff(&left, &right), unseen: None },
        (Err(why), _) | (_, Err(why)) => InputDiff { name, hunks: Vec::new(), unseen: Some(why) },
    }
}
