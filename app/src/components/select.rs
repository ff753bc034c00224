//! A choice among many options: the native `<select>`.

use leptos::prelude::*;

use super::Choice;
use super::handler::plain;

/// A drop-down list.
#[component]
pub fn Select(
    /// The label, for assistive technology.
    #[prop(into)]
    label: String,
    /// The options.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The selected value.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new value.
    #[prop(into)]
    on_change: Callback<String>,
    /// The element id, if a `<label for>` refers to it.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let options = move || {
        let option = |Choice { value: own, label }| {
            let selected = value.with(|value| *value == own);
            view! { <option value=own selected=selected>{label}</option> }
        };
        choices.get().into_iter().map(option).collect_view()
    };
    view! {
        <select
            class="select"
            id=id
            aria-label=label
            prop:value=value
            on:change=plain(move |event| on_change.run(event_target_value(&event)))
        >
            {options}
        </select>
    }
}
