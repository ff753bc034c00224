//! A point in time, displayed relative to now.

use std::time::Duration;

use common::timestamp;
use leptos::prelude::*;

use crate::i18n::use_messages;

/// Interval of updates.
const TICK: Duration = Duration::from_secs(20);

/// A stored time such as `2026-11-23_11-16-57`, shown as `5 min ago`.
///
/// The server renders the absolute time; the browser replaces it by the relative one.
#[component]
pub fn RelativeTime(
    /// The time as stored.
    #[prop(into)]
    stored: String,
) -> impl IntoView {
    let t = use_messages();
    let readable = timestamp::readable(&stored);
    let iso = readable.replace(' ', "T");
    let words = RwSignal::new(readable.clone());
    let then = iso.clone();
    Effect::new(move |_| {
        let then_ms = js_sys::Date::parse(&then);
        let refresh = move || {
            let age_s = (js_sys::Date::now() - then_ms) / 1000.0;
            if age_s.is_finite() {
                // Never negative, and far below 2^53.
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let _ = words.try_set((t.common().ago)(age_s.max(0.0) as u64));
            }
        };
        refresh();
        if let Ok(handle) = set_interval_with_handle(refresh, TICK) {
            on_cleanup(move || handle.clear());
        }
    });
    view! { <time datetime=iso title=readable>{words}</time> }
}
