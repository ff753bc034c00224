//! Which tasks of the batch are there already, with the same parameters.

use std::sync::Arc;
use std::time::Duration;

use common::batch::fingerprint;
use common::live::Change;
use common::yaml;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_yaml::Mapping;

use super::api::load_fingerprints;
use super::repeated::{Existing, Look, Repeated};
use super::work::Work;
use crate::i18n::use_messages;
use crate::state::live::use_live;
use crate::state::workspace::use_ws;

/// How long the batch is looked at before the page may draw and take keys again, milliseconds.
const SLICE_MS: f64 = 5.0;
/// After how many slices it is said how far that is: sooner would only flicker.
const SAID_AFTER: u32 = 15;
/// How long nothing must be added or removed until what is there is read anew.
const QUIET: Duration = Duration::from_secs(1);

/// The tasks that are there. Read once, so that nothing is asked of the server while the user types.
#[derive(Clone, Copy)]
pub(super) struct Known(RwSignal<Arc<Existing>>);

impl Known {
    /// The task that has exactly these parameters. Tracks what is known.
    pub(super) fn task_with(self, config: &Mapping) -> Option<String> {
        self.0.with(|known| {
            let json = yaml::to_json(&config.clone().into());
            known.find(fingerprint(json.as_object()?)).map(str::to_owned)
        })
    }
}

/// Reads what is there, once the browser has the page, and when tasks came or went.
pub(super) fn provide_known() {
    let known = Known(RwSignal::default());
    let ws = use_ws();
    provide_context(known);
    let read = move || {
        let Some(ws) = ws.try_get_untracked() else { return };
        spawn_local(async move {
            // Nothing depends on it: without an answer no duplicates are shown.
            if let Ok(told) = load_fingerprints(ws).await {
                // The page may be gone by then.
                let _ = known.0.try_set(Arc::new(Existing::new(told)));
            }
        });
    };
    Effect::new(move |_| {
        ws.track();
        read();
    });
    let live = use_live();
    // In an effect, because what waits for quiet belongs to one thread: that of the browser.
    Effect::new(move |_| {
        let read_later = StoredValue::new_local(debounce(QUIET, move |()| read()));
        live.on(move |change| {
            let moved = matches!(
                change,
                Change::TaskAdded { .. } | Change::TaskRemoved { .. } | Change::Resync
            );
            if moved {
                read_later.try_update_value(|read| read(()));
            }
        });
    });
}

/// What is known.
pub(super) fn use_known() -> Known {
    expect_context::<Known>()
}

/// A look that goes on between the frames, until the plan is another one.
#[derive(Clone, Copy)]
struct Looking {
    known: Known,
    found: RwSignal<(u32, Repeated)>,
    /// Which plan it is.
    turn: StoredValue<u32>,
}

impl Looking {
    /// Begins at once, with what fits between two frames.
    fn begin(self, look: Look) {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.go_on(look, self.turn.get_value(), 1);
    }

    fn go_on(self, mut look: Look, turn: u32, slice: u32) {
        // The page may be gone, or the user went on typing.
        if self.turn.try_get_value() != Some(turn) {
            return;
        }
        let Some(existing) = self.known.0.try_get_untracked() else { return };
        let end = js_sys::Date::now() + SLICE_MS;
        look.go_on(&existing, || js_sys::Date::now() >= end);
        let done = look.found().done;
        self.found.set((slice, look.found().clone()));
        if !done {
            request_animation_frame(move || self.go_on(look, turn, slice + 1));
        }
    }
}

/// `2 of these are there already: a, b`, and `1 is like another one of this batch`.
#[component]
pub(super) fn Duplicates() -> impl IntoView {
    let t = use_messages();
    let work = expect_context::<Work>();
    let looking =
        Looking { known: use_known(), found: RwSignal::default(), turn: StoredValue::new(0) };
    Effect::new(move |_| {
        looking.known.0.track();
        match work.plan.get() {
            Ok(plan) => looking.begin(Look::new(plan)),
            Err(_) => {
                looking.turn.update_value(|turn| *turn = turn.wrapping_add(1));
                looking.found.set(Default::default());
            }
        }
    });
    let total = move || work.plan.with_untracked(|plan| plan.as_ref().map_or(0, |plan| plan.count));
    move || {
        let (slice, Repeated { there, names, in_batch, looked_at, done }) = looking.found.get();
        let total = total();
        let of = (looked_at < total).then_some(looked_at);
        let names = names.join(", ");
        let there = (there > 0).then(|| (t.generator().duplicates)(there, total, of, &names));
        let in_batch = (in_batch > 0).then(|| (t.generator().repeated)(in_batch, total, of));
        let line = |text: String| view! { <p class="batch__duplicates">{text}</p> };
        let far = (!done && slice > SAID_AFTER).then(|| {
            view! { <p class="muted">{(t.generator().looking)(looked_at, total)}</p> }
        });
        view! { {there.map(line)} {in_batch.map(line)} {far} }
    }
}
