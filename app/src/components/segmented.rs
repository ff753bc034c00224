//! A choice among a few options, all visible: native radio buttons in a row.

use super::handler::plain;
use leptos::prelude::*;

/// One option: its value and its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The value passed to the caller.
    pub value: String,
    /// The label.
    pub label: String,
}

impl Choice {
    /// Creates an option.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// A row of options of which one is selected.
#[component]
pub fn Segmented(
    /// Unique in the page: groups the radio buttons.
    name: &'static str,
    /// The label, for assistive technology.
    #[prop(into)]
    label: String,
    /// The options.
    choices: Vec<Choice>,
    /// The selected value.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new value.
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
