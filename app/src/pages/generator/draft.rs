//! Edits that were not yet made into tasks, kept in the browser for each workspace.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Everything the user typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Draft {
    /// The template that it was typed over.
    pub template: String,
    /// Fields that differ from the template: path → text.
    pub cells: BTreeMap<String, String>,
    /// The text of YAML mode, where it differs.
    pub yaml: Option<String>,
    /// The shell script, where it differs.
    pub shell: Option<String>,
    /// Beginning of the names, or their pattern.
    pub name: String,
    /// Which combinations are wanted.
    pub when: String,
    /// Whether date and time follow the name, where that is not as usual.
    pub timestamp: Option<bool>,
    /// How the tasks run, as it was typed.
    pub run: BTreeMap<String, String>,
}

impl Draft {
    /// Whether there is nothing worth keeping.
    pub(super) fn is_empty(&self) -> bool {
        let template = self.template.clone();
        *self == Self { template, ..Self::default() }
    }
}

/// What was typed for a workspace's folder before. Browser only.
pub(super) fn read(run_root: &str) -> Option<Draft> {
    let text = storage()?.get_item(&key(run_root)).ok()??;
    crate::wire::read(&text).ok()
}

/// Keeps what was typed, or forgets it where there is nothing. Browser only.
pub(super) fn write(run_root: &str, draft: &Draft) {
    let Some(storage) = storage() else { return };
    // Refused where storage is full or forbidden: the page then works without drafts.
    let _ = match serde_json::to_string(draft) {
        Ok(text) if !draft.is_empty() => storage.set_item(&key(run_root), &text),
        _ => storage.remove_item(&key(run_root)),
    };
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn key(run_root: &str) -> String {
    format!("pyruns.draft:{run_root}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_of_an_older_version_is_still_read() {
        let draft: Draft = serde_json::from_str(r#"{"cells":{"lr":"0.1 | 1"},"gone":1}"#).unwrap();
        assert_eq!(draft.cells["lr"], "0.1 | 1");
        assert!(!draft.is_empty());
        assert!(Draft::default().is_empty());
    }
}
