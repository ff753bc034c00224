//! One of a few, all in sight: native radio buttons in a row.

use super::handler::plain;
use leptos::prelude::*;

/// One choice: its value and what people read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Told to the caller.
    pub value: String,
    /// Read by the user.
    pub label: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// A row of choices of which one holds.
#[component]
pub fn Segmented(
    /// Unique in the page: groups the radio buttons.
    name: &'static str,
    /// What is chosen, for assistive technology.
    #[prop(into)]
    label: String,
    /// What can be chosen.
    choices: Vec<Choice>,
    /// The value that holds.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value that was chosen.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let items = choices.into_iter().map(|Choice { value: own, label }| {
        let (checked, reported) = (own.clone(), own.clone());
        let is_chosen = move || value.with(|value| *value == checked);
        view! {
            <label class="segmented__item">
                <input
                    type="radio"
                    name=name
                    value=own
                    checked=is_chosen.clone()
                    prop:checked=is_chosen
                    on:change=plain(move |_| on_change.run(reported.clone()))
                />
                <span>{label}</span>
            </label>
        }
    });
    view! {
        <div class="segmented" role="radiogroup" aria-label=label>{items.collect_view()}</div>
    }
}
