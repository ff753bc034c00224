//! The filter of the form's fields, shared by the grouped form, the tree and a single field.

use leptos::prelude::*;

use super::state::Field;

/// Which fields are visible: the search text and the "changed only" switch, both held in the URL.
#[derive(Clone, Copy)]
pub(super) struct FieldFilter {
    /// Part of the key or the help text, in any case; empty for all.
    pub(super) text: Memo<String>,
    /// Not empty: only fields that differ from the template are visible.
    pub(super) changed: Memo<String>,
}

impl FieldFilter {
    /// Whether a field is visible. Tracks the search text, the switch and the text of the field.
    pub(super) fn matches(self, field: &Field) -> bool {
        let matches = self.text.with(|text| {
            let text = text.to_lowercase();
            text.is_empty()
                || field.key.to_lowercase().contains(&text)
                || field.spec.help.to_lowercase().contains(&text)
        });
        matches && (self.changed.with(String::is_empty) || field.is_changed())
    }
}
