//! The table of runs, in place of the list.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use common::metric::RunRef;
use leptos::prelude::*;

use super::selection::Selection;
use super::state::use_manager;
use crate::pages::runs_table::RunsPanel;

/// The table of runs; its selection is copied to the Manager's selection.
#[component]
pub(super) fn Runs() -> impl IntoView {
    let manager = use_manager();
    let chosen = RwSignal::new(BTreeMap::<Arc<str>, Vec<RunRef>>::new());
    Effect::new(move |before: Option<()>| {
        let tasks: BTreeSet<String> = chosen.with(|chosen| {
            let runs = chosen.values().flatten();
            runs.filter(|run| run.imported().is_none()).map(|run| run.task.clone()).collect()
        });
        if before.is_some() {
            manager.selection.set(Selection::of(tasks));
        }
    });
    // The toolbar can clear the selection.
    let none = Memo::new(move |_| manager.selection.with(|selection| selection.len() == 0));
    Effect::new(move |_| {
        if none.get() && chosen.with_untracked(|chosen| !chosen.is_empty()) {
            chosen.set(BTreeMap::new());
        }
    });
    view! { <RunsPanel chosen/> }
}
