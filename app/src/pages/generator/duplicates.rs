//! The note about tasks of the batch that already exist with the same parameters.

use std::sync::Arc;
use std::time::Duration;

use common::batch::fingerprint;
use common::live::Change;
use common::yaml;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_yaml::Mapping;

use super::api::load_fingerprints;
use super::duplicate_scan::{DuplicateCounts, DuplicateScan, FingerprintIndex};
use super::state::GeneratorState;
use crate::i18n::use_messages;
use crate::state::debounce::Debounce;
use crate::state::live::use_live;
use crate::state::workspace::use_ws;

/// Time limit of a slice of the scan, milliseconds; the page handles input and draws in between.
const SLICE_MS: f64 = 5.0;
/// The progress of the scan is displayed after this many slices.
const PROGRESS_AFTER_SLICES: u32 = 15;
/// How long tasks must be unchanged before the fingerprints are fetched again.
const DEBOUNCE: Duration = Duration::from_secs(1);

/// The existing tasks. Fetched once, so that typing causes no requests.
#[derive(Clone, Copy)]
pub(super) struct ExistingTasks(RwSignal<Arc<FingerprintIndex>>);

impl ExistingTasks {
    /// The existing task with exactly these parameters. Tracks the existing tasks.
    pub(super) fn task_with(self, config: &Mapping) -> Option<String> {
        self.0.with(|tasks| {
            let json = yaml::to_json(&config.clone().into());
            tasks.find(fingerprint(json.as_object()?)).map(str::to_owned)
        })
    }
}

/// Fetches the existing tasks after hydration, and again when tasks were added or removed.
pub(super) fn provide_existing_tasks() {
    let tasks = ExistingTasks(RwSignal::default());
    let ws = use_ws();
    provide_context(tasks);
    let read = move || {
        let Some(ws) = ws.try_get_untracked() else { return };
        spawn_local(async move {
            // On failure no duplicates are displayed.
            if let Ok(fingerprints) = load_fingerprints(ws).await {
                // The page may have been disposed.
                let _ = tasks.0.try_set(Arc::new(FingerprintIndex::new(fingerprints)));
            }
        });
    };
    Effect::new(move |_| {
        ws.track();
        read();
    });
    let live = use_live();
    let debounce = Debounce::new();
    live.on(move |change| {
        let moved = matches!(
            change,
            Change::TaskAdded { .. } | Change::TaskRemoved { .. } | Change::Resync
        );
        if moved {
            debounce.after(DEBOUNCE, read);
        }
    });
}

/// The existing tasks.
pub(super) fn use_existing_tasks() -> ExistingTasks {
    expect_context::<ExistingTasks>()
}

/// A scan that runs between frames, until the plan changes.
#[derive(Clone, Copy)]
struct ScanHandle {
    tasks: ExistingTasks,
    found: RwSignal<(u32, DuplicateCounts)>,
    /// Incremented with each plan; slices of an older plan stop.
    generation: StoredValue<u32>,
}

impl ScanHandle {
    /// Starts with a slice that fits between two frames.
    fn begin(self, scan: DuplicateScan) {
        self.generation.update_value(|generation| *generation = generation.wrapping_add(1));
        self.advance(scan, self.generation.get_value(), 1);
    }

    fn advance(self, mut scan: DuplicateScan, generation: u32, slice: u32) {
        // The page may have been disposed, or the plan has changed.
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
            view! { <p class="muted">{(t.generator().scanning)(scanned, total)}</p> }
        });
        view! { {existing.map(line)} {in_batch.map(line)} {far} }
    }
}
