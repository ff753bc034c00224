//! A line of text with its label, help and error.

use super::dynamic::word;
use super::handler::plain;
use leptos::prelude::*;

/// A labelled text field.
#[component]
pub fn TextField(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the text at every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// What an empty field shows.
    #[prop(optional, into)]
    placeholder: String,
    /// One line below it.
    #[prop(optional, into)]
    help: Signal<String>,
    /// What is wrong with the text; shown in place of the help.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What the text may go on with.
    #[prop(optional, into)]
    suggestions: Signal<Vec<String>>,
    /// Show the text in the fixed-width face.
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
