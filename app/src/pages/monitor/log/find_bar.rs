//! Finding a text in the log.

use leptos::ev;
use leptos::prelude::*;

use super::state::LogView;
use crate::components::handler::{mouse, plain};
use crate::components::{Icon, IconView};
use crate::i18n::use_messages;

/// The id of the field.
pub(super) const FIND_ID: &str = "log-find";

/// A field, how many lines match, and buttons from one to the next.
#[component]
pub(super) fn FindBar(
    /// The log.
    view: LogView,
) -> impl IntoView {
    let t = use_messages().monitor();
    let typed = move |event| view.find(&event_target_value(&event));
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            view.step(!event.shift_key());
        }
    };
    let searching = Memo::new(move |_| view.needle.with(|needle| !needle.is_empty()));
    let counts = move || {
        let (at, all) = view.hits.get();
        (t.hits)(at, all)
    };
    view! {
        <div class="find-bar" role="search">
            <IconView icon=Icon::Search/>
            <input
                id=FIND_ID
                class="find-bar__field"
                type="search"
                autocomplete="off"
                spellcheck="false"
                placeholder=t.find
                aria-label=t.find
                on:input=plain(typed)
                on:keydown=keys
            />
            <Show when=move || searching.get()>
                <span class="find-bar__count" aria-live="polite">{counts}</span>
                <button type="button" class="find-bar__step find-bar__step--up" title=t.previous_hit
                    aria-label=t.previous_hit on:click=mouse(move |_| view.step(false))>
                    <IconView icon=Icon::ChevronDown/>
                </button>
                <button type="button" class="find-bar__step" title=t.next_hit
                    aria-label=t.next_hit on:click=mouse(move |_| view.step(true))>
                    <IconView icon=Icon::ChevronDown/>
                </button>
            </Show>
        </div>
    }
}
