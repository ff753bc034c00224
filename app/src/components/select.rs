//! One of many: the browser's own list.

use leptos::prelude::*;

use super::Choice;
use super::handler::plain;

/// A list to choose from.
#[component]
pub fn Select(
    /// What is chosen, for assistive technology.
    #[prop(into)]
    label: String,
    /// What can be chosen.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The value that holds.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value that was chosen.
    #[prop(into)]
    on_change: Callback<String>,
    /// Unique in the page, where a `<label for>` points at it.
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
