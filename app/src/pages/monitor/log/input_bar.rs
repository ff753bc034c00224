//! The input line of a run's terminal.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::LogView;
use super::stream::Source;
use crate::components::handler::{mouse, plain};
use crate::i18n::use_messages;
use crate::pages::monitor::api::send_input;

/// An input field and the interrupt button; displayed only while the run has a terminal.
#[component]
pub(super) fn InputBar(
    /// The log.
    view: LogView,
    /// The source of the log.
    source: Signal<Source>,
) -> impl IntoView {
    let t = use_messages().monitor();
    let text = RwSignal::new(String::new());
    let refusal = RwSignal::new(None::<String>);
    let send = move |text: String| {
        let Source { ws, name } = source.get_untracked();
        view.go_to(true);
        spawn_local(async move {
            let response = send_input(ws, name, text).await;
            let _ = refusal.try_set(response.err().map(|error| error.to_string()));
        });
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        send(text.get_untracked() + "\n");
        text.set(String::new());
    };
    let keys = move |event: ev::KeyboardEvent| {
        let key = event.key();
        // Ctrl-C copies if text is selected.
        let chosen = || {
            let selection = window().get_selection().ok().flatten();
            selection.is_some_and(|selection| !selection.is_collapsed())
        };
        let code = match key.as_str() {
            "c" if event.ctrl_key() && !chosen() => "\u{3}",
            "d" if event.ctrl_key() => "\u{4}",
            _ => return,
        };
        event.prevent_default();
        send(code.to_owned());
    };
    view! {
        <Show when=move || view.takes_input.get()>
            <form class="input-bar" on:submit=submit>
                <span class="input-bar__sign" aria-hidden="true">"›"</span>
                <input class="input-bar__field" type="text" autocomplete="off" spellcheck="false"
                    placeholder=t.input aria-label=t.input prop:value=text
                    on:input=plain(move |event| text.set(event_target_value(&event))) on:keydown=keys/>
                <span class="input-bar__refusal" role="status">{move || refusal.get()}</span>
                <button type="submit" class="button button--quiet button--small">{t.send}</button>
                <button type="button" class="button button--quiet button--small" title=t.interrupt_help
                    on:click=mouse(move |_| send("\u{3}".to_owned()))>{t.interrupt}</button>
            </form>
        </Show>
    }
}
