//! `PATCH /api/tasks/{name}/tags`.

use common::Task;
use common::task::TagsRequest;

use super::view::Detail;
use crate::engine::{Engine, Pick};
use store::{Error, Result};

/// How many tags a task may have, and how long each may be.
const MAX_TAGS: usize = 100;
const MAX_CHARS: usize = 100;

impl Engine {
    /// Replaces a task's tags.
    ///
    /// # Errors
    /// A conflict when the caller had seen other tags than there are now; a tag that cannot be one.
    pub fn set_tags(&self, pick: &Pick, name: &str, request: &TagsRequest) -> Result<Task> {
        let workspace = self.pick(pick)?;
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

/// Without blank ends, empty ones and repetitions, in the given order.
fn checked(tags: &[String]) -> Result<Vec<String>> {
    let mut kept: Vec<String> = Vec::new();
    for tag in tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()) {
        if tag.contains(',') || tag.contains(char::is_control) || tag.chars().count() > MAX_CHARS {
            let why = format!("a tag has at most {MAX_CHARS} characters, and no comma among them");
            return Err(Error::invalid(format!("tags: {tag:?}: {why}.")));
        }
        if !kept.iter().any(|known| known == tag) {
            kept.push(tag.to_owned());
        }
    }
    match kept.len() {
        0..=MAX_TAGS => Ok(kept),
        _ => Err(Error::invalid(format!("tags: a task has at most {MAX_TAGS}."))),
    }
}
