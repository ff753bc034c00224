//! The scrolling area. Only visible lines exist as elements; a spacer represents the rest.
//!
//! Browsers cannot lay out an element of a hundred million pixels. Beyond a limit the spacer is shorter
//! than the log: the scroll bar still represents the whole log, and the wheel and the keys, which would
//! scroll too far, are handled here line by line.

mod measure;
mod scroll;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use measure::Measure;

use super::display_options::Times;
use super::line_view::LogLineView;
use super::session::fetch_missing;
use super::state::{LogView, f64_to_rows, rows_to_f64};
use super::store::{Item, LogStore, VisibleItems};
use super::stream::Source;
use crate::components::handler::plain;

/// The text of the probe element, whose size is measured.
const PROBE: &str = "0000000000000000000000000000000000000000";
/// Rendered rows above and below the visible ones, so that scrolling shows no gap.
const OVERSCAN_ROWS: u64 = 12;

/// The elements that are measured and moved.
#[derive(Clone, Copy)]
struct ScreenElements {
    scroller: NodeRef<html::Div>,
    spacer: NodeRef<html::Div>,
    rows: NodeRef<html::Div>,
    probe: NodeRef<html::Span>,
    measure: RwSignal<Option<Measure>>,
    /// The scroll position set by this code; any other position was set by the user.
    last_scroll_px: StoredValue<f64>,
}

/// The lines of a log.
#[component]
pub(super) fn LogScreen(
    /// The log.
    view: LogView,
    /// The source of missing chunks.
    source: Signal<Source>,
    /// The label, for assistive technology.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let elements = ScreenElements {
        scroller: NodeRef::new(),
        spacer: NodeRef::new(),
        rows: NodeRef::new(),
        probe: NodeRef::new(),
        measure: RwSignal::new(None),
        last_scroll_px: StoredValue::new(0.0),
    };
    let in_view = Memo::new(move |_| elements.in_view(view));
    fetch_missing(view, source, Memo::new(move |_| in_view.with(|items| items.missing.clone())));
    elements.follow_size(view);
    elements.sync_scroll(view, in_view);
    let items = move || in_view.with(|items| items.items.clone());
    let gutter = move || format!("{}ch", gutter_columns(view));
    let font = move || format!("{}px", view.display.font_px.get());
    view! {
        <div
            class="log"
            class:log--wrap=view.display.wrap
            class:log--plain=move || !view.numbered.get()
            style:--gutter=gutter
            style:--log-size=font
            node_ref=elements.scroller
            role="log"
            aria-live="off"
            aria-label=label
            tabindex="0"
            on:scroll=plain(move |_| elements.scrolled(view))
            on:wheel=move |event: ev::WheelEvent| elements.wheeled(view, &event)
            on:keydown=move |event: ev::KeyboardEvent| elements.pressed(view, &event)
        >
            <span class="log__probe" aria-hidden="true" node_ref=elements.probe>{PROBE}</span>
            <div class="log__spacer" node_ref=elements.spacer>
                <div class="log__rows" node_ref=elements.rows>
                    <For each=items key=key let:item>{item_view(item, view, elements)}</For>
                </div>
            </div>
        </div>
    }
}

/// The key of an item, which changes with its content.
fn key(item: &Item) -> (u64, u64, usize, Option<u64>) {
    match item {
        Item::Line(row, more) => {
            let letters = row.line.spans.iter().map(|span| span.text.len() + 1).sum::<usize>();
            // A redrawn progress bar keeps its length, so the content is hashed too.
            let sum = row.line.spans.iter().flat_map(|span| span.text.bytes());
            let sum =
                sum.fold(letters, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
            (row.number, *more, sum, row.time_ms)
        }
        Item::Gap { chunk, rows } => (*chunk, *rows, usize::MAX, None),
    }
}

fn item_view(item: Item, view: LogView, elements: ScreenElements) -> AnyView {
    match item {
        Item::Line(row, more) => view! { <LogLineView row=*row more view/> }.into_any(),
        Item::Gap { rows, .. } => {
            let height = move || {
                elements
                    .measure
                    .get()
                    .map(|measure| format!("{}px", rows_to_f64(rows) * measure.row_px))
            };
            view! { <div class="log__gap" style:height=height></div> }.into_any()
        }
    }
}

/// Number of characters of the gutter before each line.
fn gutter_columns(view: LogView) -> u64 {
    view.version.track();
    let lines = view.read(LogStore::line_count).unwrap_or(0).max(1);
    let number = if view.numbered.get() { u64::from(lines.ilog10()).max(2) + 3 } else { 1 };
    number + if view.display.times.get() == Times::Off { 0 } else { 13 }
}

impl ScreenElements {
    fn in_view(self, view: LogView) -> VisibleItems {
        view.version.track();
        let Some(measure) = self.measure.get() else { return VisibleItems::default() };
        let top = f64_to_rows(view.top.get()).saturating_sub(OVERSCAN_ROWS);
        let rows = f64_to_rows(measure.height_px / measure.row_px) + 2 * OVERSCAN_ROWS + 2;
        view.read(|store| store.view(top, rows)).unwrap_or_default()
    }
}
