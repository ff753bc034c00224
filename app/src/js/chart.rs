//! The typed binding of the charts: a guard that draws while it lives and cleans up when dropped.
//!
//! Outside of the browser the same names exist and do nothing, so that callers need no `cfg`.

use std::sync::Arc;

use serde::Serialize;

/// The lower and the upper end of a band, each as long as its curve.
pub type Ends = (Arc<[f64]>, Arc<[f64]>);

/// One line of a chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curve {
    /// What people call it.
    pub name: String,
    /// Its colour, as CSS says it; see [`crate::components::curve_colour`].
    pub colour: String,
    /// Where its points are, increasing; NaN is not allowed.
    pub x: Arc<[f64]>,
    /// Their values; NaN is a gap.
    pub y: Arc<[f64]>,
    /// Lower and upper end of the band around it, for the mean of a group.
    pub band: Option<Ends>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChartOptions {
    /// What the places on the x axis are.
    pub x_kind: XKind,
    /// The name of the x axis.
    pub x_label: String,
    /// A power of ten a step along x.
    pub log_x: bool,
    /// A power of ten a step along y.
    pub log_y: bool,
    /// Weight of the exponential moving average, 0 (as it is) to 1 (flat).
    pub smoothing: f64,
    /// Let the outliers among the values leave the picture.
    pub clip: bool,
    /// What a mark says where all later values are not finite, with `{value}`, `{label}` (of the x axis) and `{x}`.
    pub non_finite_since: String,
    /// The same where finite values follow.
    pub non_finite_at: String,
}

/// What places on an x axis are.
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
    /// A picture.
    Png,
    /// A drawing.
    Svg,
    /// The points.
    Csv,
}

impl FileKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Png, Self::Svg, Self::Csv];

    /// Its word, in lower case.
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
        // The chart calls these as long as it lives.
        _on_hover: Closure<dyn FnMut(i32)>,
        _on_range: Closure<dyn FnMut(f64, f64)>,
    }

    impl Chart {
        /// Puts an empty chart into `host`, as large as that is.
        ///
        /// `on_hover` gets the place of the curve that is pointed at, or nothing; `on_range` the
        /// ends of the x axis after a zoom, or nothing when everything is seen.
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

        /// Shows these curves.
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

        /// Draws them like this from now on.
        pub fn set_options(&self, options: &ChartOptions) {
            // A struct of numbers and words becomes JSON.
            self.inner.set_options(&serde_json::to_string(options).unwrap_or_default());
        }

        /// Brings one curve out, or none.
        pub fn highlight(&self, index: Option<usize>) {
            self.inner.highlight(index.and_then(|index| i32::try_from(index).ok()).unwrap_or(-1));
        }

        /// Shows everything again.
        pub fn show_all(&self) {
            self.inner.zoom("all");
        }

        /// Hands the chart to the user as a file.
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

    /// A chart; on the server there is nothing to draw on.
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
