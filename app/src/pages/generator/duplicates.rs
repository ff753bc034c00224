//! Which tasks of the batch are there already, with the same parameters.

use std::collections::HashMap;

use common::batch::fingerprint;
use common::yaml;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_yaml::Mapping;

use super::api::load_fingerprints;
use super::plan::Plan;
use super::work::Work;
use crate::i18n::use_messages;
use crate::state::workspace::use_ws;

/// How many tasks of the batch are looked at: more would be felt while typing.
const LOOKED_AT: u64 = 500;
/// How many of them are named.
const NAMED: usize = 3;

/// The tasks that are there, by the fingerprint of their parameters. Read once, so that nothing is
/// asked of the server while the user types.
#[derive(Clone, Copy)]
pub(super) struct Known(RwSignal<HashMap<u64, String>>);

impl Known {
    /// The task that has exactly these parameters. Tracks what is known.
    pub(super) fn task_with(self, config: &Mapping) -> Option<String> {
        self.0.with(|known| {
            if known.is_empty() {
                return None;
            }
            let json = yaml::to_json(&config.clone().into());
            known.get(&fingerprint(json.as_object()?)).cloned()
        })
    }

    /// How many of the first tasks of a plan are there already, and some of those that are there.
    fn among(self, plan: &Plan) -> (u64, Vec<String>) {
        let configs = plan
            .grid
            .iter()
            .flat_map(|grid| (0..grid.count().min(LOOKED_AT)).filter_map(|place| grid.nth(place)));
        let mut names = Vec::new();
        let mut count = 0;
        for name in configs.filter_map(|config| self.task_with(&config)) {
            count += 1;
            if names.len() < NAMED && !names.contains(&name) {
                names.push(name);
            }
        }
        (count, names)
    }
}

/// Reads what is there, once the browser has the page.
pub(super) fn provide_known() {
    let known = Known(RwSignal::new(HashMap::new()));
    let ws = use_ws();
    provide_context(known);
    Effect::new(move |_| {
        let ws = ws.get();
        spawn_local(async move {
            // Nothing depends on it: without an answer no duplicates are shown.
            if let Ok(read) = load_fingerprints(ws).await {
                let newest_last = read.items.into_iter().rev();
                // The page may be gone by then.
                let _ = known.0.try_set(newest_last.collect());
            }
        });
    });
}

/// What is known.
pub(super) fn use_known() -> Known {
    expect_context::<Known>()
}

/// `2 of these are there already: a, b`.
#[component]
pub(super) fn Duplicates() -> impl IntoView {
    let t = use_messages();
    let work = expect_context::<Work>();
    let known = use_known();
    let found = Memo::new(move |_| {
        work.plan.with(|plan| plan.as_ref().map(|plan| known.among(plan)).unwrap_or_default())
    });
    let total = move || work.plan.with(|plan| plan.as_ref().map_or(0, |plan| plan.count));
    move || {
        let (count, names) = found.get();
        (count > 0).then(|| {
            let looked_at = (total() > LOOKED_AT).then_some(LOOKED_AT);
            let text = (t.generator().duplicates)(count, total(), looked_at, &names.join(", "));
            view! { <p class="batch__duplicates">{text}</p> }
        })
    }
}
