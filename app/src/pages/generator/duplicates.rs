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
use super::duplicate_scan::{DuplicateCounts, DuplicateScan, FingerprintIndex};
use super::state::GeneratorState;
use crate::i18n::use_messages;
use crate::state::live::use_live;
use crate::state::workspace::use_ws;

/// How long the batch is looked at before the page may draw and take keys again, milliseconds.
const SLICE_MS: f64 = 5.0;
/// After how many slices it is said how far that is: sooner would only flicker.
const PROGRESS_AFTER_SLICES: u32 = 15;
/// How long nothing must be added or removed until what is there is read anew.
const QUIET: Duration = Duration::from_secs(1);

/// The tasks that are there. Read once, so that nothing is asked of the server while the user types.
#[derive(Clone, Copy)]
pub(super) struct ExistingTasks(RwSignal<Arc<FingerprintIndex>>);

impl ExistingTasks {
    /// The task that has exactly these parameters. Tracks what is known.
    pub(super) fn task_with(self, config: &Mapping) -> Option<String> {
        self.0.with(|tasks| {
            let json = yaml::to_json(&config.clone().into());
            tasks.find(fingerprint(json.as_object()?)).map(str::to_owned)
        })
    }
}

/// Reads what is there, once the browser has the page, and when tasks came or went.
pub(super) fn provide_existing_tasks() {
    let tasks = ExistingTasks(RwSignal::default());
    let ws = use_ws();
    provide_context(tasks);
    let read = move || {
        let Some(ws) = ws.try_get_untracked() else { return };
        spawn_local(async move {
            // Nothing depends on it: without an answer no duplicates are shown.
            if let Ok(fingerprints) = load_fingerprints(ws).await {
                // The page may be gone by then.
                let _ = tasks.0.try_set(Arc::new(FingerprintIndex::new(fingerprints)));
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
pub(super) fn use_existing_tasks() -> ExistingTasks {
    expect_context::<ExistingTasks>()
}

/// A look that goes on between the frames, until the plan is another one.
#[derive(Clone, Copy)]
struct ScanHandle {
    tasks: ExistingTasks,
    found: RwSignal<(u32, DuplicateCounts)>,
    /// Which plan it is.
    generation: StoredValue<u32>,
}

impl ScanHandle {
    /// Begins at once, with what fits between two frames.
    fn begin(self, scan: DuplicateScan) {
        self.generation.update_value(|generation| *generation = generation.wrapping_add(1));
        self.advance(scan, self.generation.get_value(), 1);
    }

    fn advance(self, mut scan: DuplicateScan, generation: u32, slice: u32) {
        // The page may be gone, or the user went on typing.
        if self.generation.try_get_value() != Some(generation) {
            return;
        }
        let Some(index) = self.tasks.0.try_get_untracked() else { return };
        let end = js_sys::Date::now() + SLICE_MS;
        scan.advance(&index, || js_sys::Date::now() >= end);
        let done = scan.found().done;
        self.found.set((slice, scan.found().clone()));
        if !done {
            request_animation_frame(move || self.advance(scan, generation, slice + 1));
        }
    }
}

/// `2 of these are there already: a, b`, and `1 is like another one of this batch`.
#[component]
pub(super) fn Duplicates() -> impl IntoView {
    let t = use_messages();
    let state = expect_context::<GeneratorState>();
    let scan_handle = ScanHandle {
        tasks: use_existing_tasks(),
        found: RwSignal::default(),
        generation: StoredValue::new(0),
    };
    Effect::new(move |_| {
        scan_handle.tasks.0.track();
        match state.plan.get() {
            Ok(plan) => scan_handle.begin(DuplicateScan::new(plan)),
            Err(_) => {
                scan_handle
                    .generation
                    .update_value(|generation| *generation = generation.wrapping_add(1));
                scan_handle.found.set(Default::default());
            }
        }
    });
    let total =
        move || state.plan.with_untracked(|plan| plan.as_ref().map_or(0, |plan| plan.count));
    move || {
        let (slice, DuplicateCounts { existing, names, in_batch, scanned, done }) =
            scan_handle.found.get();
        let total = total();
        let of = (scanned < total).then_some(scanned);
        let names = names.join(", ");
        let existing =
            (existing > 0).then(|| (t.generator().duplicates)(existing, total, of, &names));
        let in_batch = (in_batch > 0).then(|| (t.generator().repeated)(in_batch, total, of));
        let line = |text: String| view! { <p class="batch__duplicates">{text}</p> };
        let far = (!done && slice > PROGRESS_AFTER_SLICES).then(|| {
            view! { <p class="muted">{(t.generator().looking)(scanned, total)}</p> }
        });
        view! { {existing.map(line)} {in_batch.map(line)} {far} }
    }
}
