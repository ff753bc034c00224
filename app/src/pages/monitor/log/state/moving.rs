//! Scrolling to a line, to an end, to a match.

use leptos::prelude::*;

use super::{LogView, f64_to_rows, rows_to_f64};
use crate::pages::monitor::log::block::LayoutOptions;
use crate::pages::monitor::log::follow::Follow;

impl LogView {
    /// Computes the layout for a shape.
    pub(in crate::pages::monitor::log) fn lay_out(self, layout_options: LayoutOptions) {
        if self.read(|store| store.layout_options() != layout_options) == Some(true) {
            self.change(|store| store.lay_out(layout_options));
        }
    }

    /// Scrolls to a line, from 0, in the upper third of the view.
    pub(in crate::pages::monitor::log) fn go_to_line(self, line: u64) {
        let Some(row) = self.read(|store| store.top_of(line.min(store.line_count()))) else {
            return;
        };
        self.follow.set(Follow::Paused { unseen: 0 });
        let above = (self.rows_in_view.get_untracked() / 3.0).floor();
        self.top.set((rows_to_f64(row) - above).max(0.0));
    }

    /// Scrolls to the first line or to the end.
    pub(in crate::pages::monitor::log) fn go_to(self, end: bool) {
        if end {
            self.follow.set(Follow::On);
            self.redraw();
        } else {
            self.go_to_line(0);
        }
    }

    /// Scrolls to the next or previous match.
    pub(in crate::pages::monitor::log) fn step(self, forward: bool) {
        let top = f64_to_rows(self.top.get_untracked() + self.rows_in_view.get_untracked() / 3.0);
        let near = self.read(|store| store.line_at(top)).unwrap_or(0);
        let hit = self.hits.try_update_value(|hits| hits.step(forward, near)).flatten();
        if let Some(line) = hit {
            self.go_to_line(line);
        }
        self.publish_hits();
    }
}
