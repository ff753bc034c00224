//! The scrolling area. Only the lines in view exist as elements; a spacer stands for the rest.

use std::ops::Range;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::buffer::Buffer;
use super::follow::Follow;
use super::line::Line;
use super::row::LogRow;
use super::session::load_earlier;
use super::state::LogView;
use super::stream::Source;
use crate::components::handler::{mouse, plain};
use crate::i18n::use_messages;

/// How many characters the probe holds whose size is measured.
const PROBE: &str = "0000000000000000000000000000000000000000";

/// Size of a character and of the area, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Measure {
    char_px: f64,
    row_px: f64,
    width_px: f64,
    height_px: f64,
}

/// Elements that are measured and moved.
#[derive(Clone, Copy)]
struct Parts {
    scroller: NodeRef<html::Div>,
    spacer: NodeRef<html::Div>,
    rows: NodeRef<html::Div>,
    probe: NodeRef<html::Span>,
    top_px: RwSignal<f64>,
    measure: RwSignal<Option<Measure>>,
}

/// The lines of a log.
#[component]
pub(super) fn LogScreen(
    /// The log.
    view: LogView,
    /// Where earlier lines come from.
    source: Signal<Source>,
    /// What is shown, for assistive technology.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let t = use_messages().monitor();
    let parts = Parts {
        scroller: NodeRef::new(),
        spacer: NodeRef::new(),
        rows: NodeRef::new(),
        probe: NodeRef::new(),
        top_px: RwSignal::new(0.0),
        measure: RwSignal::new(None),
    };
    let range = Memo::new(move |_| parts.range(view));
    parts.keep_measured(view);
    parts.keep_in_place(view, range);
    let lines = move || {
        view.version.track();
        let range = range.get();
        view.read(|buffer| buffer.window(range).cloned().collect::<Vec<Line>>()).unwrap_or_default()
    };
    let earlier = move |_| {
        let source = source.get_untracked();
        spawn_local(async move { parts.move_down(load_earlier(view, source).await) });
    };
    view! {
        <div
            class="log"
            class:log--wrap=view.wrap
            node_ref=parts.scroller
            role="log"
            aria-live="off"
            aria-label=label
            tabindex="0"
            on:scroll=plain(move |_| parts.scrolled(view))
        >
            <span class="log__probe" aria-hidden="true" node_ref=parts.probe>{PROBE}</span>
            <Show when=move || { view.start.get() > 0 }>
                <button type="button" class="log__earlier" on:click=mouse(earlier)>{t.load_earlier}</button>
            </Show>
            <div class="log__spacer" node_ref=parts.spacer>
                <div class="log__rows" node_ref=parts.rows>
                    <For each=lines key=Line::key let:line>
                        <LogRow number=line.number() spans=line.spans() view/>
                    </For>
                </div>
            </div>
        </div>
    }
}

impl Parts {
    /// The places of the lines in view.
    fn range(self, view: LogView) -> Range<usize> {
        view.version.track();
        let Some(measure) = self.measure.get() else { return 0..0 };
        let top = whole(self.top_px.get() / measure.row_px);
        let rows = whole(measure.height_px / measure.row_px) + 1;
        view.read(|buffer| buffer.layout().window(top, rows)).unwrap_or_default()
    }

    /// Measures when the area appears and whenever the window changes.
    fn keep_measured(self, view: LogView) {
        Effect::new(move |_| {
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
            let columns = view.wrap.get().then(|| whole(measure.width_px / measure.char_px));
            view.lay_out(columns.map(|columns| u32::try_from(columns.max(1)).unwrap_or(u32::MAX)));
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
            width_px: f64::from(rows.client_width()) - padding_px(&rows),
            height_px: f64::from(scroller.client_height()),
        };
        if self.measure.get_untracked() != Some(measure) {
            self.measure.set(Some(measure));
        }
    }

    /// Gives the spacer its height, moves the rows where they belong, and keeps the end in view.
    fn keep_in_place(self, view: LogView, range: Memo<Range<usize>>) {
        Effect::new(move |_| {
            view.version.track();
            let first = range.with(|range| range.start);
            let following = view.follow.get().is_on();
            let Some(measure) = self.measure.get() else { return };
            let sizes =
                view.read(|buffer| (buffer.layout().total_rows(), buffer.layout().row_of(first)));
            let (Some((total, row)), Some(spacer), Some(rows)) =
                (sizes, self.spacer.get(), self.rows.get())
            else {
                return;
            };
            set_style(&spacer, "height", &format!("{}px", pixels(total, measure)));
            set_style(&rows, "transform", &format!("translateY({}px)", pixels(row, measure)));
            if following && let Some(scroller) = self.scroller.get() {
                scroller.set_scroll_top(scroller.scroll_height());
                self.top_px.set(f64::from(scroller.scroll_top()));
            }
        });
        // A found line comes into the middle of the view.
        Effect::new(move |_| {
            let (Some(line), Some(measure)) = (view.hit_line.get(), self.measure.get_untracked())
            else {
                return;
            };
            let row = view
                .read(|buffer| buffer.place_of(line).map(|place| buffer.layout().row_of(place)));
            if let (Some(Some(row)), Some(scroller)) = (row, self.scroller.get_untracked()) {
                self.scroll_to(&scroller, pixels(row, measure) - measure.height_px / 2.0);
            }
        });
    }

    fn scrolled(self, view: LogView) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let now_px = f64::from(scroller.scroll_top());
        let before_px = self.top_px.get_untracked();
        let left_px = scroller.scroll_height() - scroller.client_height() - scroller.scroll_top();
        let row_px = self.measure.get_untracked().map_or(20.0, |measure| measure.row_px);
        let follow = view.follow.get_untracked();
        let next = follow.scrolled(before_px, now_px, f64::from(left_px) < row_px);
        self.top_px.set(now_px);
        if next != follow {
            view.follow.set(next);
        }
    }

    /// Keeps what is in view where it is after `rows` came above it.
    fn move_down(self, rows: u64) {
        let (Some(scroller), Some(measure)) =
            (self.scroller.get_untracked(), self.measure.get_untracked())
        else {
            return;
        };
        let moved_px = f64::from(scroller.scroll_top()) + pixels(rows, measure);
        request_animation_frame(move || self.scroll_to(&scroller, moved_px));
    }

    #[expect(clippy::cast_possible_truncation, reason = "no area is that high")]
    fn scroll_to(self, scroller: &web_sys::Element, to_px: f64) {
        scroller.set_scroll_top(to_px.max(0.0) as i32);
        self.top_px.set(f64::from(scroller.scroll_top()));
    }
}

impl LogView {
    /// Goes to the first line that is loaded, or to the end. The scrolling area listens.
    pub(super) fn go_to(self, end: bool) {
        if end {
            self.follow.set(Follow::On);
        } else if let Some(Some(first)) =
            self.read(|buffer: &Buffer| buffer.lines().next().map(Line::number))
        {
            self.follow.set(Follow::Paused { unseen: 0 });
            self.hit_line.set(Some(first));
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "rows are far fewer than 2^53")]
fn pixels(rows: u64, measure: Measure) -> f64 {
    rows as f64 * measure.row_px
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cut at zero, and small"
)]
fn whole(value: f64) -> u64 {
    value.max(0.0) as u64
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
