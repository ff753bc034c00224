//! A line of text with its label, help and error.

use super::dynamic::word;
use super::handler::plain;
use leptos::prelude::*;

/// A labelled text field.
#[component]
pub fn TextField(
    /// The element id, unique in the page.
    #[prop(into)]
    id: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the text at every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// The placeholder of an empty field.
    #[prop(optional, into)]
    placeholder: String,
    /// The help text below the field.
    #[prop(optional, into)]
    help: Signal<String>,
    /// The error in the text, displayed in place of the help text.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Completions of the text.
    #[prop(optional, into)]
    suggestions: Signal<Vec<String>>,
    /// Uses the monospaced font.
    #[prop(optional)]
    mono: bool,
) -> impl IntoView {
    let note_id = format!("{id}-note");
    let list_id = format!("{id}-list");
    let options = move || {
        let option = |text: String| view! { <option value=text></option> };
        suggestions.get().into_iter().map(option).collect_view()
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <input
                class=if mono { "input input--mono" } else { "input" }
                id=id
                type="text"
                autocomplete="off"
                spellcheck="false"
                placeholder=placeholder
                list=list_id.clone()
                value=value
                prop:value=value
                aria-invalid=word(move || error.with(Option::is_some).then_some("true"))
                aria-describedby=note_id.clone()
                on:input=plain(move |event| on_input.run(event_target_value(&event)))
            />
            <datalist id=list_id>{options}</datalist>
            <p class="field__note" class:field__note--bad=move || error.with(Option::is_some) id=note_id>
                {move || error.get().unwrap_or_else(|| help.get())}
            </p>
        </div>
    }
}
