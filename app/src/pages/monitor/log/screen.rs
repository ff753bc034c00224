//! The scrolling area. Only the lines in view exist as elements; a spacer stands for the rest.
//!
//! A browser cannot make an element of a hundred million pixels. Beyond a limit the spacer is shorter
//! than the log: the scroll bar still stands for all of it, and the wheel and the keys, which would
//! then jump too far, are obeyed line by line here.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::block::Shape;
use super::follow::Follow;
use super::looks::Times;
use super::row::LogRow;
use super::session::fetch_missing;
use super::state::{LogView, float, whole};
use super::store::{InView, Item, LogStore};
use super::stream::Source;
use crate::components::handler::plain;

/// How many characters the probe holds whose size is measured.
const PROBE: &str = "0000000000000000000000000000000000000000";
/// Rows above and below the view that exist as well, so that scrolling shows no gap.
const OVERSCAN_ROWS: u64 = 12;
/// The highest spacer.
const MAX_SPACER_PX: f64 = 8_000_000.0;
/// How many pixels a line of the wheel stands for, where the browser counts in lines.
const WHEEL_LINE_PX: f64 = 40.0;

/// Size of a character and of the area, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Measure {
    char_px: f64,
    row_px: f64,
    width_px: f64,
    height_px: f64,
}

/// How high the spacer is, and how many pixels of the log one of its pixels stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scale {
    spacer_px: f64,
    factor: f64,
}

impl Scale {
    fn new(rows: u64, measure: Measure) -> Self {
        let all_px = float(rows) * measure.row_px;
        if all_px <= MAX_SPACER_PX {
            return Self { spacer_px: all_px, factor: 1.0 };
        }
        let factor = (all_px - measure.height_px) / (MAX_SPACER_PX - measure.height_px);
        Self { spacer_px: MAX_SPACER_PX, factor }
    }
}

/// Elements that are measured and moved.
#[derive(Clone, Copy)]
struct Parts {
    scroller: NodeRef<html::Div>,
    spacer: NodeRef<html::Div>,
    rows: NodeRef<html::Div>,
    probe: NodeRef<html::Span>,
    measure: RwSignal<Option<Measure>>,
    /// Where we have scrolled to: any other place is the user's wish.
    placed_px: StoredValue<f64>,
}

/// The lines of a log.
#[component]
pub(super) fn LogScreen(
    /// The log.
    view: LogView,
    /// Where chunks come from.
    source: Signal<Source>,
    /// What is shown, for assistive technology.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let parts = Parts {
        scroller: NodeRef::new(),
        spacer: NodeRef::new(),
        rows: NodeRef::new(),
        probe: NodeRef::new(),
        measure: RwSignal::new(None),
        placed_px: StoredValue::new(0.0),
    };
    let in_view = Memo::new(move |_| parts.in_view(view));
    fetch_missing(view, source, Memo::new(move |_| in_view.with(|seen| seen.missing.clone())));
    parts.keep_measured(view);
    parts.keep_in_place(view, in_view);
    let items = move || in_view.with(|seen| seen.items.clone());
    let gutter = move || format!("{}ch", gutter_columns(view));
    let font = move || format!("{}px", view.looks.font_px.get());
    view! {
        <div
            class="log"
            class:log--wrap=view.looks.wrap
            class:log--plain=move || !view.numbered.get()
            style:--gutter=gutter
            style:--log-size=font
            node_ref=parts.scroller
            role="log"
            aria-live="off"
            aria-label=label
            tabindex="0"
            on:scroll=plain(move |_| parts.scrolled(view))
            on:wheel=move |event: ev::WheelEvent| parts.wheeled(view, &event)
            on:keydown=move |event: ev::KeyboardEvent| parts.pressed(view, &event)
        >
            <span class="log__probe" aria-hidden="true" node_ref=parts.probe>{PROBE}</span>
            <div class="log__spacer" node_ref=parts.spacer>
                <div class="log__rows" node_ref=parts.rows>
                    <For each=items key=key let:item>{shown(item, view, parts)}</For>
                </div>
            </div>
        </div>
    }
}

/// Tells this state of an item from every other one.
fn key(item: &Item) -> (u64, u64, usize, Option<u64>) {
    match item {
        Item::Row(row, more) => {
            let letters = row.line.spans.iter().map(|span| span.text.len() + 1).sum::<usize>();
            // A bar that is redrawn keeps its length: what it says counts too.
            let sum = row.line.spans.iter().flat_map(|span| span.text.bytes());
            let sum =
                sum.fold(letters, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
            (row.number, *more, sum, row.time_ms)
        }
        Item::Gap { chunk, rows } => (*chunk, *rows, usize::MAX, None),
    }
}

fn shown(item: Item, view: LogView, parts: Parts) -> AnyView {
    match item {
        Item::Row(row, more) => view! { <LogRow row=*row more view/> }.into_any(),
        Item::Gap { rows, .. } => {
            let height = move || {
                parts.measure.get().map(|measure| format!("{}px", float(rows) * measure.row_px))
            };
            view! { <div class="log__gap" style:height=height></div> }.into_any()
        }
    }
}

/// How many characters stand before each line.
fn gutter_columns(view: LogView) -> u64 {
    view.version.track();
    let lines = view.read(LogStore::lines).unwrap_or(0).max(1);
    let number = if view.numbered.get() { u64::from(lines.ilog10()).max(2) + 3 } else { 1 };
    number + if view.looks.times.get() == Times::Off { 0 } else { 13 }
}

impl Parts {
    fn in_view(self, view: LogView) -> InView {
        view.version.track();
        let Some(measure) = self.measure.get() else { return InView::default() };
        let top = whole(view.top.get()).saturating_sub(OVERSCAN_ROWS);
        let rows = whole(measure.height_px / measure.row_px) + 2 * OVERSCAN_ROWS + 2;
        view.read(|store| store.view(top, rows)).unwrap_or_default()
    }

    /// Measures when the area appears, and whenever it or the letters change their size.
    fn keep_measured(self, view: LogView) {
        Effect::new(move |_| {
            view.looks.font_px.track();
            if self.scroller.get().is_some() && self.probe.get().is_some() {
                request_animation_frame(move || self.remeasure());
            }
        });
        Effect::new(move |_| {
            let handle = window_event_listener(ev::resize, move |_| self.remeasure());
            on_cleanup(move || handle.remove());
        });
        // What stands beside the log may have come or gone with the lines.
        Effect::new(move |_| {
            view.version.track();
            self.remeasure();
        });
        Effect::new(move |_| {
            let Some(measure) = self.measure.get() else { return };
            view.rows_in_view.set(measure.height_px / measure.row_px);
            let columns = view.looks.wrap.get().then(|| {
                let gutter_px = float(gutter_columns(view)) * measure.char_px;
                let columns = whole((measure.width_px - gutter_px) / measure.char_px).max(8);
                u32::try_from(columns).unwrap_or(u32::MAX)
            });
            view.lay_out(Shape { columns, fold: view.looks.fold.get() });
        });
    }

    fn remeasure(self) {
        let (Some(Some(scroller)), Some(Some(probe)), Some(Some(rows))) = (
            self.scroller.try_get_untracked(),
            self.probe.try_get_untracked(),
            self.rows.try_get_untracked(),
        ) else {
            return;
        };
        let rect = probe.get_bounding_client_rect();
        if rect.width() == 0.0 || rect.height() == 0.0 {
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of characters")]
        let measure = Measure {
            char_px: rect.width() / PROBE.len() as f64,
            row_px: rect.height(),
            width_px: f64::from(scroller.client_width()) - padding_px(&rows),
            height_px: f64::from(scroller.client_height()),
        };
        if self.measure.get_untracked() != Some(measure) {
            self.measure.set(Some(measure));
        }
    }

    /// Gives the spacer its height, scrolls to where the view is, and moves the rows there.
    fn keep_in_place(self, view: LogView, in_view: Memo<InView>) {
        Effect::new(move |_| {
            view.version.track();
            let Some(measure) = self.measure.get() else { return };
            let rows = view.read(LogStore::height).unwrap_or(0);
            let last = (float(rows) - measure.height_px / measure.row_px).max(0.0);
            let wanted = view.top.get();
            let top = if view.follow.get().is_on() { last } else { wanted.min(last) };
            if (top - wanted).abs() > 1e-6 {
                view.top.set(top);
                // The new top calls again.
                return;
            }
            let first = in_view.with(|seen| seen.top);
            let (Some(scroller), Some(spacer), Some(rows_element)) =
                (self.scroller.get(), self.spacer.get(), self.rows.get())
            else {
                return;
            };
            let scale = Scale::new(rows, measure);
            set_style(&spacer, "height", &format!("{}px", scale.spacer_px));
            let scroll_px = top * measure.row_px / scale.factor;
            let now_px = f64::from(scroller.scroll_top());
            // The user has scrolled and the event is still on its way: it comes first.
            let placed_px = self.placed_px.get_value();
            if placed_px - now_px >= 1.0 && view.follow.get_untracked().is_on() {
                self.scrolled(view);
                if !view.follow.get_untracked().is_on() {
                    return;
                }
            }
            if (now_px - scroll_px).abs() >= 1.0 {
                set_scroll_top(&scroller, scroll_px);
            }
            let placed_px = f64::from(scroller.scroll_top());
            self.placed_px.set_value(placed_px);
            let begin_px = match scale.factor > 1.0 {
                true => placed_px + (float(first) - top) * measure.row_px,
                false => float(first) * measure.row_px,
            };
            set_style(&rows_element, "transform", &format!("translateY({begin_px}px)"));
        });
    }

    fn scrolled(self, view: LogView) {
        let (Some(scroller), Some(measure)) =
            (self.scroller.get_untracked(), self.measure.get_untracked())
        else {
            return;
        };
        let now_px = f64::from(scroller.scroll_top());
        let before_px = self.placed_px.get_value();
        if (now_px - before_px).abs() < 1.0 {
            return;
        }
        let rows = view.read(LogStore::height).unwrap_or(0);
        let scale = Scale::new(rows, measure);
        let left_px = scroller.scroll_height() - scroller.client_height() - scroller.scroll_top();
        let at_end = f64::from(left_px) < measure.row_px;
        self.follow_if(view, view.follow.get_untracked().scrolled(before_px, now_px, at_end));
        self.placed_px.set_value(now_px);
        if !view.follow.get_untracked().is_on() {
            view.top.set(now_px * scale.factor / measure.row_px);
        }
    }

    /// Moves the view by so many rows; false where the browser does that.
    fn move_by(self, view: LogView, rows: f64) -> bool {
        let Some(measure) = self.measure.get_untracked() else { return false };
        let all = view.read(LogStore::height).unwrap_or(0);
        if Scale::new(all, measure).factor <= 1.0 {
            return false;
        }
        let last = (float(all) - measure.height_px / measure.row_px).max(0.0);
        let before = view.top.get_untracked();
        let top = (before + rows).clamp(0.0, last);
        let at_end = top >= last - 0.5;
        self.follow_if(view, view.follow.get_untracked().scrolled(before, top, at_end));
        view.top.set(top);
        true
    }

    fn follow_if(self, view: LogView, next: Follow) {
        if next != view.follow.get_untracked() {
            view.follow.set(next);
        }
    }

    fn wheeled(self, view: LogView, event: &ev::WheelEvent) {
        let Some(measure) = self.measure.get_untracked() else { return };
        let unit_px = match event.delta_mode() {
            web_sys::WheelEvent::DOM_DELTA_LINE => WHEEL_LINE_PX,
            web_sys::WheelEvent::DOM_DELTA_PAGE => measure.height_px,
            _ => 1.0,
        };
        let is_ours = !event.ctrl_key() && event.delta_y() != 0.0;
        if is_ours && self.move_by(view, event.delta_y() * unit_px / measure.row_px) {
            event.prevent_default();
        }
    }

    fn pressed(self, view: LogView, event: &ev::KeyboardEvent) {
        let page = view.rows_in_view.get_untracked() - 1.0;
        let rows = match event.key().as_str() {
            "ArrowDown" => 1.0,
            "ArrowUp" => -1.0,
            "PageDown" => page,
            "PageUp" => -page,
            " " => {
                if event.shift_key() {
                    -page
                } else {
                    page
                }
            }
            _ => return,
        };
        if self.move_by(view, rows) {
            event.prevent_default();
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "no spacer is that high")]
fn set_scroll_top(scroller: &web_sys::Element, to_px: f64) {
    scroller.set_scroll_top(to_px.max(0.0).round() as i32);
}

fn padding_px(element: &web_sys::Element) -> f64 {
    let Ok(Some(style)) = window().get_computed_style(element) else { return 0.0 };
    let side = |name| style.get_property_value(name).unwrap_or_default();
    let px = |text: String| text.trim_end_matches("px").parse::<f64>().unwrap_or(0.0);
    px(side("padding-left")) + px(side("padding-right"))
}

fn set_style(element: &web_sys::HtmlElement, name: &str, value: &str) {
    // Fails only for names that are no properties.
    let _ = element.style().set_property(name, value);
}
