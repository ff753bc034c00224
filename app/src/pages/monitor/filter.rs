//! Which tasks the list shows; a search in all logs looks into theirs.

use leptos::prelude::*;

/// What was typed and chosen above the list; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Filter {
    pub(super) search: RwSignal<String>,
    /// A status, or nothing for all.
    pub(super) status: RwSignal<String>,
}

impl Filter {
    pub(super) fn new() -> Self {
        Self { search: RwSignal::new(String::new()), status: RwSignal::new(String::new()) }
    }
}
