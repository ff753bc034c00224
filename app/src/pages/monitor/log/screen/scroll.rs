//! Scrolling by the scroll bar, the wheel, the keys, and by received lines.

use leptos::ev;
use leptos::prelude::*;

use super::ScreenElements;
use super::measure::ScrollScale;
use crate::pages::monitor::log::follow::Follow;
use crate::pages::monitor::log::state::{LogView, rows_to_f64};
use crate::pages::monitor::log::store::{LogStore, VisibleItems};

/// Pixels per wheel line, for browsers that report lines.
const WHEEL_LINE_PX: f64 = 40.0;

impl ScreenElements {
    /// Sets the height of the spacer and the scroll position, and moves the rows there.
    pub(super) fn sync_scroll(self, view: LogView, in_view: Memo<VisibleItems>) {
        Effect::new(move |_| {
            view.version.track();
            let Some(measure) = self.measure.get() else { return };
            let rows = view.read(LogStore::height).unwrap_or(0);
            let last = (rows_to_f64(rows) - measure.height_px / measure.row_px).max(0.0);
            let wanted = view.top.get();
            let top = if view.follow.get().is_on() { last } else { wanted.min(last) };
            if (top - wanted).abs() > 1e-6 {
                view.top.set(top);
                // The change of `top` runs the effect again.
                return;
            }
            let first = in_view.with(|items| items.top);
            let (Some(scroller), Some(spacer), Some(rows_element)) =
                (self.scroller.get(), self.spacer.get(), self.rows.get())
            else {
                return;
            };
            let scale = ScrollScale::new(rows, measure);
            set_style(&spacer, "height", &format!("{}px", scale.spacer_px));
            let scroll_px = top * measure.row_px / scale.factor;
            let now_px = f64::from(scroller.scroll_top());
            // The user has scrolled, but the event is still pending: handle it first.
            let last_scroll_px = self.last_scroll_px.get_value();
            if last_scroll_px - now_px >= 1.0 && view.follow.get_untracked().is_on() {
                self.scrolled(view);
                if !view.follow.get_untracked().is_on() {
                    return;
                }
            }
            if (now_px - scroll_px).abs() >= 1.0 {
                set_scroll_top(&scroller, scroll_px);
            }
            let last_scroll_px = f64::from(scroller.scroll_top());
            self.last_scroll_px.set_value(last_scroll_px);
            let begin_px = match scale.factor > 1.0 {
                true => last_scroll_px + (rows_to_f64(first) - top) * measure.row_px,
                false => rows_to_f64(first) * measure.row_px,
            };
            set_style(&rows_element, "transform", &format!("translateY({begin_px}px)"));
        });
    }

    pub(super) fn scrolled(self, view: LogView) {
        let (Some(scroller), Some(measure)) =
            (self.scroller.get_untracked(), self.measure.get_untracked())
        else {
            return;
        };
        let now_px = f64::from(scroller.scroll_top());
        let before_px = self.last_scroll_px.get_value();
        if (now_px - before_px).abs() < 1.0 {
            return;
        }
        let rows = view.read(LogStore::height).unwrap_or(0);
        let scale = ScrollScale::new(rows, measure);
        let left_px = scroller.scroll_height() - scroller.client_height() - scroller.scroll_top();
        let at_end = f64::from(left_px) < measure.row_px;
        self.set_follow(view, view.follow.get_untracked().scrolled(before_px, now_px, at_end));
        self.last_scroll_px.set_value(now_px);
        if !view.follow.get_untracked().is_on() {
            view.top.set(now_px * scale.factor / measure.row_px);
        }
    }

    /// Scrolls by a number of rows; false if the browser does it.
    fn move_by(self, view: LogView, rows: f64) -> bool {
        let Some(measure) = self.measure.get_untracked() else { return false };
        let all = view.read(LogStore::height).unwrap_or(0);
        if ScrollScale::new(all, measure).factor <= 1.0 {
            return false;
        }
        let last = (rows_to_f64(all) - measure.height_px / measure.row_px).max(0.0);
        let before = view.top.get_untracked();
        let top = (before + rows).clamp(0.0, last);
        let at_end = top >= last - 0.5;
        self.set_follow(view, view.follow.get_untracked().scrolled(before, top, at_end));
        view.top.set(top);
        true
    }

    fn set_follow(self, view: LogView, next: Follow) {
        if next != view.follow.get_untracked() {
            view.follow.set(next);
        }
    }

    pub(super) fn wheeled(self, view: LogView, event: &ev::WheelEvent) {
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

    pub(super) fn pressed(self, view: LogView, event: &ev::KeyboardEvent) {
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

fn set_style(element: &web_sys::HtmlElement, name: &str, value: &str) {
    // Fails only for invalid property names.
    let _ = element.style().set_property(name, value);
}
