//! Which tasks of the batch are there already, with the same parameters.

use std::collections::{HashMap, HashSet};

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
            known.get(&fingerprint_of(config)?).cloned()
        })
    }

    /// What the first tasks of a plan repeat.
    fn among(self, plan: &Plan) -> Repeated {
        let mut found = Repeated::default();
        let mut seen = HashSet::new();
        let grid = plan.grid.iter();
        let configs =
            grid.flat_map(|grid| (0..grid.count().min(LOOKED_AT)).filter_map(|at| grid.nth(at)));
        self.0.with(|known| {
            for fingerprint in configs.filter_map(|config| fingerprint_of(&config)) {
                found.in_batch += u64::from(!seen.insert(fingerprint));
                let Some(name) = known.get(&fingerprint) else { continue };
                found.there += 1;
                if found.names.len() < NAMED && !found.names.contains(name) {
                    found.names.push(name.clone());
                }
            }
        });
        found
    }
}

fn fingerprint_of(config: &Mapping) -> Option<u64> {
    let json = yaml::to_json(&config.clone().into());
    json.as_object().map(fingerprint)
}

/// Tasks of a batch that say nothing new.
#[derive(Clone, PartialEq, Eq, Default)]
struct Repeated {
    /// How many are there already.
    there: u64,
    /// Some of those that are there.
    names: Vec<String>,
    /// How many are like an earlier one of the batch itself.
    in_batch: u64,
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

/// `2 of these are there already: a, b`, and `1 is like another one of this batch`.
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
        let Repeated { there, names, in_batch } = found.get();
        let looked_at = (total() > LOOKED_AT).then_some(LOOKED_AT);
        let names = names.join(", ");
        let there =
            (there > 0).then(|| (t.generator().duplicates)(there, total(), looked_at, &names));
        let in_batch =
            (in_batch > 0).then(|| (t.generator().repeated)(in_batch, total(), looked_at));
        let line = |text: String| view! { <p class="batch__duplicates">{text}</p> };
        view! { {there.map(line)} {in_batch.map(line)} }
    }
}
