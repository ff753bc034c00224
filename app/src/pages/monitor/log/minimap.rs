//! The minimap beside the scroll bar: the positions of matches and error lines in the whole log.

use leptos::ev;
use leptos::prelude::*;

use super::state::{LogView, f64_to_rows, rows_to_f64};
use super::store::LogStore;
use crate::components::handler::mouse;
use crate::i18n::use_messages;

/// Number of parts of the log.
const PARTS: u64 = 240;

/// The marks; a click scrolls there.
#[component]
pub(super) fn Minimap(
    /// The log.
    view: LogView,
) -> impl IntoView {
    let t = use_messages().monitor();
    let lines = move || {
        view.version.track();
        view.read(LogStore::line_count).unwrap_or(0)
    };
    let [hits, error_lines] = view.hits().map(|hits| {
        Memo::new(move |_| {
            view.hits_version.track();
            let lines = lines();
            hits.try_with_value(|hits| hits.parts(PARTS, lines)).unwrap_or_default()
        })
    });
    let marks = move |parts: Memo<Vec<u64>>, class: &'static str| {
        parts.with(|parts| parts.iter().map(|part| mark(*part, class)).collect_view())
    };
    let go = move |event: ev::MouseEvent| {
        use leptos::wasm_bindgen::JsCast;
        let Some(target) = event.current_target() else { return };
        let area = target.unchecked_into::<web_sys::Element>().get_bounding_client_rect();
        let share = (f64::from(event.client_y()) - area.top()) / area.height().max(1.0);
        let lines = view.read(LogStore::line_count).unwrap_or(0);
        view.go_to_line(f64_to_rows(share.clamp(0.0, 1.0) * rows_to_f64(lines)));
    };
    view! {
        <div class="minimap" title=t.minimap aria-hidden="true" on:click=mouse(go)>
            {move || marks(error_lines, "minimap__mark minimap__mark--trouble")}
            {move || marks(hits, "minimap__mark")}
        </div>
    }
}

fn mark(part: u64, class: &'static str) -> impl IntoView {
    let top = format!("{:.2}%", rows_to_f64(part) * 100.0 / rows_to_f64(PARTS));
    view! { <i class=class style:top=top></i> }
}
