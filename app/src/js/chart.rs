//! The typed binding of `chart.js`: a handle that owns a chart and disposes it when dropped.
//!
//! Outside the browser the same API exists and does nothing, so that callers need no `cfg`.

use std::sync::Arc;

use serde::Serialize;

/// The lower and the upper bound of a band, each of the length of its curve.
pub type BandLimits = (Arc<[f64]>, Arc<[f64]>);

/// One line of a chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curve {
    /// The display name.
    pub name: String,
    /// The CSS colour; see [`crate::components::chart::curve_colour`].
    pub colour: String,
    /// X coordinates, ascending, without NaN.
    pub x: Arc<[f64]>,
    /// Y coordinates; NaN is a gap.
    pub y: Arc<[f64]>,
    /// Lower and upper bound of the band around it, for the mean of a group.
    pub band: Option<BandLimits>,
}

/// The drawing options of a chart, serialized to JSON for `chart.js`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChartOptions {
    /// How the values of the x axis are formatted.
    pub x_kind: XKind,
    /// The label of the x axis.
    pub x_label: String,
    /// Logarithmic x axis.
    pub log_x: bool,
    /// Logarithmic y axis.
    pub log_y: bool,
    /// Weight of the exponential moving average, 0 (as it is) to 1 (flat).
    pub smoothing: f64,
    /// Whether outliers are excluded from the y range.
    pub clip: bool,
    /// Text of the mark where all later values are non-finite, with the placeholders `{value}`, `{label}` (of the x axis) and `{x}`.
    pub non_finite_since: String,
    /// Text of the mark where finite values follow.
    pub non_finite_at: String,
}

/// The type of the values of an x axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum XKind {
    /// Steps, or the values of another key.
    Number,
    /// Seconds since the run started.
    Duration,
    /// Seconds since 1970.
    Clock,
}

/// A file that a chart can be saved as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A bitmap.
    Png,
    /// A vector drawing.
    Svg,
    /// The points.
    Csv,
}

impl FileKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Png, Self::Svg, Self::Csv];

    /// The file extension.
    #[cfg(target_arch = "wasm32")]
    fn word(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Csv => "csv",
        }
    }
}

#[cfg(target_arch = "wasm32")]
pub use browser::Chart;

#[cfg(target_arch = "wasm32")]
mod browser {
    use js_sys::{Array, Float64Array, Uint32Array};
    use wasm_bindgen::prelude::*;

    use super::{ChartOptions, Curve, FileKind};

    #[wasm_bindgen(module = "/js/chart.js")]
    extern "C" {
        #[wasm_bindgen(js_name = Chart)]
        type JsChart;

        #[wasm_bindgen(constructor, js_class = "Chart")]
        fn new(
            host: &web_sys::HtmlElement,
            on_hover: &Closure<dyn FnMut(i32)>,
            on_range: &Closure<dyn FnMut(f64, f64)>,
        ) -> JsChart;

        #[wasm_bindgen(method, js_class = "Chart")]
        fn curves(
            this: &JsChart,
            names: Array,
            colours: Array,
            starts: Uint32Array,
            x: Float64Array,
            y: Float64Array,
            low: Float64Array,
            high: Float64Array,
        );

        #[wasm_bindgen(method, js_class = "Chart", js_name = look)]
        fn set_options(this: &JsChart, json: &str);

        #[wasm_bindgen(method, js_class = "Chart")]
        fn highlight(this: &JsChart, index: i32);

        #[wasm_bindgen(method, js_class = "Chart")]
        fn zoom(this: &JsChart, word: &str);

        #[wasm_bindgen(method, js_class = "Chart")]
        fn save(this: &JsChart, kind: &str, name: &str);

        #[wasm_bindgen(method, js_class = "Chart")]
        fn dispose(this: &JsChart);
    }

    /// A chart inside an element of the page.
    pub struct Chart {
        inner: JsChart,
        // Must live as long as the chart, which calls them.
        _on_hover: Closure<dyn FnMut(i32)>,
        _on_range: Closure<dyn FnMut(f64, f64)>,
    }

    impl Chart {
        /// Creates an empty chart that fills `host`.
        ///
        /// `on_hover` receives the index of the hovered curve, or `None`; `on_range` the
        /// visible range of the x axis after a zoom, or `None` for the full range.
        #[must_use]
        pub fn new(
            host: &web_sys::HtmlElement,
            on_hover: impl Fn(Option<usize>) + 'static,
            on_range: impl Fn(Option<(f64, f64)>) + 'static,
        ) -> Self {
            let on_hover: Closure<dyn FnMut(i32)> =
                Closure::new(move |index| on_hover(usize::try_from(index).ok()));
            let on_range: Closure<dyn FnMut(f64, f64)> = Closure::new(move |min: f64, max: f64| {
                on_range((!min.is_nan()).then_some((min, max)));
            });
            let inner = JsChart::new(host, &on_hover, &on_range);
            Self { inner, _on_hover: on_hover, _on_range: on_range }
        }

        /// Replaces the curves.
        pub fn curves(&self, curves: &[Curve]) {
            let names: Array = curves.iter().map(|curve| JsValue::from(&curve.name)).collect();
            let colours: Array = curves.iter().map(|curve| JsValue::from(&curve.colour)).collect();
            let mut starts = vec![0_u32];
            let (mut x, mut y, mut low, mut high) =
                (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            let banded = curves.iter().any(|curve| curve.band.is_some());
            for curve in curves {
                x.extend_from_slice(&curve.x);
                y.extend_from_slice(&curve.y);
                if banded {
                    let (below, above) =
                        curve.band.as_ref().unwrap_or(&(curve.y.clone(), curve.y.clone())).clone();
                    low.extend_from_slice(&below);
                    high.extend_from_slice(&above);
                }
                starts.push(u32::try_from(x.len()).unwrap_or(u32::MAX));
            }
            let column = |values: &[f64]| Float64Array::from(values);
            let starts = Uint32Array::from(starts.as_slice());
            self.inner.curves(
                names,
                colours,
                starts,
                column(&x),
                column(&y),
                column(&low),
                column(&high),
            );
        }

        /// Replaces the drawing options.
        pub fn set_options(&self, options: &ChartOptions) {
            // Serializing a struct of numbers and strings cannot fail.
            self.inner.set_options(&serde_json::to_string(options).unwrap_or_default());
        }

        /// Highlights one curve, or none.
        pub fn highlight(&self, index: Option<usize>) {
            self.inner.highlight(index.and_then(|index| i32::try_from(index).ok()).unwrap_or(-1));
        }

        /// Resets the zoom.
        pub fn show_all(&self) {
            self.inner.zoom("all");
        }

        /// Saves the chart as a file.
        pub fn save(&self, kind: FileKind, name: &str) {
            self.inner.save(kind.word(), name);
        }
    }

    impl Drop for Chart {
        fn drop(&mut self) {
            self.inner.dispose();
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub use on_server::Chart;

#[cfg(not(target_arch = "wasm32"))]
mod on_server {
    use super::{ChartOptions, Curve, FileKind};

    /// Stub of the server side.
    pub struct Chart;

    impl Chart {
        /// On the server nothing is drawn.
        #[must_use]
        pub fn new(
            _host: &web_sys::HtmlElement,
            _on_hover: impl Fn(Option<usize>) + 'static,
            _on_range: impl Fn(Option<(f64, f64)>) + 'static,
        ) -> Self {
            Self
        }

        /// On the server nothing is drawn.
        pub fn curves(&self, _curves: &[Curve]) {}

        /// On the server nothing is drawn.
        pub fn set_options(&self, _options: &ChartOptions) {}

        /// On the server nothing is drawn.
        pub fn highlight(&self, _index: Option<usize>) {}

        /// On the server nothing is drawn.
        pub fn show_all(&self) {}

        /// On the server nothing is saved.
        pub fn save(&self, _kind: FileKind, _name: &str) {}
    }
}
