//! The typed binding of uPlot: a guard that draws while it lives and cleans up when dropped.
//!
//! Outside of the browser the same names exist and do nothing, so that callers need no `cfg`.

/// A chart inside an element of the page.
pub struct Chart {
    #[cfg(target_arch = "wasm32")]
    inner: browser::Chart,
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen(module = "/js/chart.js")]
    extern "C" {
        pub(super) type Chart;

        #[wasm_bindgen(constructor)]
        pub(super) fn new(host: &web_sys::HtmlElement, x_label: &str, height_px: f64) -> Chart;

        #[wasm_bindgen(method)]
        pub(super) fn set(this: &Chart, labels: js_sys::Array, columns: js_sys::Array);

        #[wasm_bindgen(method)]
        pub(super) fn dispose(this: &Chart);
    }
}

#[cfg(target_arch = "wasm32")]
impl Chart {
    /// Puts an empty chart into `host`, as wide as that is and `height_px` high.
    #[must_use]
    pub fn new(host: &web_sys::HtmlElement, x_label: &str, height_px: f64) -> Self {
        Self { inner: browser::Chart::new(host, x_label, height_px) }
    }

    /// Shows `columns` over `x`; each column has a label and is as long as `x`.
    ///
    /// Infinity stands for a missing point, NaN for a gap.
    pub fn set(&self, labels: &[String], x: &[f64], columns: &[Vec<f64>]) {
        let names: js_sys::Array = labels.iter().map(wasm_bindgen::JsValue::from).collect();
        let arrays = js_sys::Array::of1(&js_sys::Float64Array::from(x));
        for column in columns {
            arrays.push(&js_sys::Float64Array::from(column.as_slice()));
        }
        self.inner.set(names, arrays);
    }
}

#[cfg(target_arch = "wasm32")]
impl Drop for Chart {
    fn drop(&mut self) {
        self.inner.dispose();
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Chart {
    /// On the server there is nothing to draw on.
    #[must_use]
    pub fn new(_host: &web_sys::HtmlElement, _x_label: &str, _height_px: f64) -> Self {
        Self {}
    }

    /// On the server nothing is drawn.
    pub fn set(&self, _labels: &[String], _x: &[f64], _columns: &[Vec<f64>]) {}
}
