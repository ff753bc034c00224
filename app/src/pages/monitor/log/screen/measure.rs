//! Measures characters and the scrolling area, and maps the scroll bar to the log.

use leptos::ev;
use leptos::prelude::*;

use super::{PROBE, ScreenElements, gutter_columns};
use crate::pages::monitor::log::block::LayoutOptions;
use crate::pages::monitor::log::state::{LogView, f64_to_rows, rows_to_f64};

/// Maximum height of the spacer.
const MAX_SPACER_PX: f64 = 8_000_000.0;

/// Sizes of a character and of the area, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure {
    pub(super) char_px: f64,
    pub(super) row_px: f64,
    pub(super) width_px: f64,
    pub(super) height_px: f64,
}

/// The height of the spacer, and the number of log pixels per spacer pixel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ScrollScale {
    pub(super) spacer_px: f64,
    pub(super) factor: f64,
}

impl ScrollScale {
    pub(super) fn new(rows: u64, measure: Measure) -> Self {
        let all_px = rows_to_f64(rows) * measure.row_px;
        if all_px <= MAX_SPACER_PX {
            return Self { spacer_px: all_px, factor: 1.0 };
        }
        let factor = (all_px - measure.height_px) / (MAX_SPACER_PX - measure.height_px);
        Self { spacer_px: MAX_SPACER_PX, factor }
    }
}

impl ScreenElements {
    /// Measures when the area appears, and whenever its size or the font changes.
    pub(super) fn follow_size(self, view: LogView) {
        Effect::new(move |_| {
            view.display.font_px.track();
            if self.scroller.get().is_some() && self.probe.get().is_some() {
                request_animation_frame(move || self.remeasure());
            }
        });
        Effect::new(move |_| {
            let handle = window_event_listener(ev::resize, move |_| self.remeasure());
            on_cleanup(move || handle.remove());
        });
        // The scroll bar and the minimap may have appeared or disappeared with the lines.
        Effect::new(move |_| {
            view.version.track();
            self.remeasure();
        });
        Effect::new(move |_| {
            let Some(measure) = self.measure.get() else { return };
            view.rows_in_view.set(measure.height_px / measure.row_px);
            let columns = view.display.wrap.get().then(|| {
                let gutter_px = rows_to_f64(gutter_columns(view)) * measure.char_px;
                let columns = f64_to_rows((measure.width_px - gutter_px) / measure.char_px).max(8);
                u32::try_from(columns).unwrap_or(u32::MAX)
            });
            view.lay_out(LayoutOptions { columns, fold: view.display.fold.get() });
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
}

fn padding_px(element: &web_sys::Element) -> f64 {
    let Ok(Some(style)) = window().get_computed_style(element) else { return 0.0 };
    let side = |name| style.get_property_value(name).unwrap_or_default();
    let px = |text: String| text.trim_end_matches("px").parse::<f64>().unwrap_or(0.0);
    px(side("padding-left")) + px(side("padding-right"))
}
