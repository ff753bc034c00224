//! The filter of the task list; the search in all logs uses it, too.

use leptos::prelude::*;

/// The filter fields above the list; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Filter {
    pub(super) search: RwSignal<String>,
    /// A status, or empty for all.
    pub(super) status: RwSignal<String>,
}

impl Filter {
    pub(super) fn new() -> Self {
        Self { search: RwSignal::new(String::new()), status: RwSignal::new(String::new()) }
    }
}
