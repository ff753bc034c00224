//! An on/off switch.

use super::handler::plain;
use leptos::prelude::*;

/// A switch with its label.
#[component]
pub fn Switch(
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Called with the new state.
    #[prop(into)]
    on_change: Callback<bool>,
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// Hides the label, which stays available to assistive technology.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                checked=on
                prop:checked=on
                on:change=plain(move |event| on_change.run(event_target_checked(&event)))
            />
            <span class="switch__track" aria-hidden="true"></span>
            <span class=if bare { "visually-hidden" } else { "switch__label" }>{label}</span>
        </label>
    }
}
