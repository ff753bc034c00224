//! Unsaved edits, stored in the browser per workspace.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// All user input.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Draft {
    /// The template that was edited.
    pub template: String,
    /// Fields that differ from the template: path → text.
    pub cells: BTreeMap<String, String>,
    /// The text of YAML mode, if it differs.
    pub yaml: Option<String>,
    /// The shell script, if it differs.
    pub shell: Option<String>,
    /// The prefix of the names, or the name pattern.
    pub name: String,
    /// The condition that selects combinations.
    pub when: String,
    /// Whether date and time are appended to the name, if that differs from the setting.
    pub timestamp: Option<bool>,
    /// The run settings, as typed.
    pub run: BTreeMap<String, String>,
}

impl Draft {
    /// Whether there is nothing to store.
    pub(super) fn is_empty(&self) -> bool {
        let template = self.template.clone();
        *self == Self { template, ..Self::default() }
    }
}

/// Reads the draft of a workspace folder. Browser only.
pub(super) fn read(run_root: &str) -> Option<Draft> {
    let text = storage()?.get_item(&key(run_root)).ok()??;
    crate::wire::read(&text).ok()
}

/// Stores a draft, or removes it if it is empty. Browser only.
pub(super) fn write(run_root: &str, draft: &Draft) {
    let Some(storage) = storage() else { return };
    // Fails if storage is full or forbidden: the page then works without drafts.
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
