//! The duration of a run, or the elapsed time of a running one.

use std::time::Duration;

use common::number;
use common::timestamp::{self, DurationUnits};
use leptos::prelude::*;

use crate::i18n::use_messages;

const TICK: Duration = Duration::from_secs(1);

/// A duration; without one, the time since `started`, which is updated every second.
///
/// The server renders a dash for a running run; the browser counts.
#[component]
pub(crate) fn Elapsed(
    /// Seconds; `None` while the run is running.
    duration_s: Option<f64>,
    /// The stored start time, empty before the first run.
    #[prop(into)]
    started: String,
) -> impl IntoView {
    let units = &use_messages().common().units;
    let words = RwSignal::new(match duration_s {
        Some(duration_s) => timestamp::duration_in(duration_s, units),
        None => "–".to_owned(),
    });
    if duration_s.is_none() && !started.is_empty() {
        Effect::new(move |_| {
            let began_ms = js_sys::Date::parse(&timestamp::readable(&started).replace(' ', "T"));
            let count = move || {
                let elapsed_s = ((js_sys::Date::now() - began_ms) / 1000.0).max(0.0).floor();
                let _ = words.try_set(whole_seconds(elapsed_s, units));
            };
            count();
            if let Ok(handle) = set_interval_with_handle(count, TICK) {
                on_cleanup(move || handle.clear());
            }
        });
    }
    view! { <span class="elapsed">{words}</span> }
}

/// Like [`timestamp::duration`], without tenths, which would flicker.
fn whole_seconds(elapsed_s: f64, units: &DurationUnits) -> String {
    if elapsed_s < 60.0 {
        format!("{}{}", number::fixed(elapsed_s, 0), units.seconds)
    } else {
        timestamp::duration_in(elapsed_s, units)
    }
}
