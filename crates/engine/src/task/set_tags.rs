//! Sets the tags of a task.

use common::task::TagsRequest;
use common::{Task, TaskName};

use super::view::Detail;
use crate::engine::{Engine, WorkspaceSelector};
use store::{Error, Result};

/// Maximum number of tags of a task, and maximum length of a tag in characters.
const MAX_TAGS: usize = 100;
const MAX_CHARS: usize = 100;

impl Engine {
    /// Replaces a task's tags.
    ///
    /// # Errors
    /// A conflict if the tags are not the ones that the client expects; an error if a tag is invalid.
    pub fn set_tags(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        request: &TagsRequest,
    ) -> Result<Task> {
        let workspace = self.workspace_of(selector)?;
        let tags = checked(&request.tags)?;
        let (entry, ()) = workspace.update(name, |info| {
            if request.expected_tags.as_ref().is_some_and(|expected| *expected != info.tags) {
                return Err(Error::Conflict(format!(
                    "The tags of task '{name}' were changed elsewhere."
                )));
            }
            info.tags = tags;
            Ok(())
        })?;
        Ok(workspace.view(&entry, Detail::Full))
    }
}

/// The tags in the given order, trimmed, without empty ones and duplicates.
fn checked(tags: &[String]) -> Result<Vec<String>> {
    let mut unique: Vec<String> = Vec::new();
    for tag in tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()) {
        if tag.contains(',') || tag.contains(char::is_control) || tag.chars().count() > MAX_CHARS {
            let why = format!("a tag has at most {MAX_CHARS} characters, and no comma among them");
            return Err(Error::invalid(format!("tags: {tag:?}: {why}.")));
        }
        if !unique.iter().any(|known| known == tag) {
            unique.push(tag.to_owned());
        }
    }
    match unique.len() {
        0..=MAX_TAGS => Ok(unique),
        _ => Err(Error::invalid(format!("tags: a task has at most {MAX_TAGS}."))),
    }
}
