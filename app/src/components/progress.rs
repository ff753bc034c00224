//! Progress bars and meters.

use common::number;
use leptos::prelude::*;

use super::dynamic::text;

/// The progress of a run; indeterminate if unknown.
#[component]
pub fn Progress(
    /// `0.0..=1.0`; `None` if unknown.
    #[prop(into)]
    value: Signal<Option<f64>>,
    /// The label.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! { <progress class="progress" max="1" value=move || value.get().map(|value| number::fixed(value, 4)) aria-label=label></progress> }
}

/// A utilisation: a label, a bar and the percentage.
#[component]
pub fn Meter(
    /// `0..=100`.
    #[prop(into)]
    percent: Signal<f64>,
    /// The label.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <div class="meter">
            <span class="meter__label">{label.clone()}</span>
            <meter class="meter__bar" min="0" max="100" high="90" value=text(move || number::fixed(percent.get(), 1)) aria-label=label></meter>
            <span class="meter__value">{text(move || format!("{} %", number::fixed(percent.get(), 0)))}</span>
        </div>
    }
}
