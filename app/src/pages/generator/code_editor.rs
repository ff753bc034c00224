//! A text area that is replaced by CodeMirror once it is loaded; both edit the same text.

use leptos::html;
use leptos::prelude::*;

use crate::js::editor::{Editor, Language, Mark};

/// Edits `text`.
#[component]
pub(super) fn CodeEditor(
    /// The text.
    text: RwSignal<String>,
    /// The language for syntax highlighting.
    language: Language,
    /// The label, for assistive technology.
    label: &'static str,
    /// The error in the text.
    #[prop(into)]
    mark: Signal<Option<Mark>>,
) -> impl IntoView {
    let host = NodeRef::<html::Div>::new();
    let loaded = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(host) = host.get() else { return };
        let on_ready = move || {
            loaded.set(true);
            text.get_untracked()
        };
        let on_change = move |new| text.set(new);
        // Created in an effect because only the browser runs effects: the server could not drop it.
        let editor = StoredValue::new_local(Editor::new(
            &host,
            language,
            label,
            &nonce(),
            on_change,
            on_ready,
        ));
        // The text can also be changed by other code: another template, a discarded draft.
        Effect::new(move |_| text.with(|text| editor.with_value(|editor| editor.set(text))));
        Effect::new(move |_| {
            mark.with(|mark| editor.with_value(|editor| editor.mark(mark.as_ref())));
        });
    });
    view! {
        <div class="editor" class:editor--loaded=loaded>
            <textarea
                class="editor__area"
                aria-label=label
                spellcheck="false"
                autocomplete="off"
                prop:value=text
                on:input:target=move |event| text.set(event.target().value())
            >
                {text.get_untracked()}
            </textarea>
            <div class="editor__host" node_ref=host></div>
        </div>
    }
}

/// The CSP nonce of this page. Browsers hide it from `get_attribute`, but not from the property.
fn nonce() -> String {
    let script = document().query_selector("script[nonce]").ok().flatten();
    let nonce = script.and_then(|it| js_sys::Reflect::get(&it, &"nonce".into()).ok());
    nonce.and_then(|it| it.as_string()).unwrap_or_default()
}
