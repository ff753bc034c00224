//! The search bar of a log.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::find::find;
use super::pattern::Pattern;
use super::state::LogView;
use super::stream::Source;
use crate::components::handler::{mouse, plain};
use crate::components::{Icon, IconView};
use crate::i18n::use_messages;
use crate::state::debounce::Debounce;

/// How long typing must pause before the search.
const TYPING_PAUSE: Duration = Duration::from_millis(150);

/// The search field, the number of matches, and buttons to step through them.
#[component]
pub(super) fn FindBar(
    /// The log.
    view: LogView,
    /// The source of the log.
    source: Signal<Source>,
    /// The search field, so that a keyboard shortcut can focus it.
    field: NodeRef<leptos::html::Input>,
) -> impl IntoView {
    let t = use_messages().monitor();
    let (text, regex, case) =
        (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(false));
    let debounce = Debounce::new();
    let search = move || {
        let pattern = Pattern {
            text: text.get_untracked(),
            regex: regex.get_untracked(),
            case: case.get_untracked(),
        };
        if view.pattern.with_untracked(|now| *now != pattern) {
            find(view, &source.get_untracked(), pattern);
        }
    };
    let search_soon = move || debounce.after(TYPING_PAUSE, search);
    // Repeats the search in another log.
    Effect::new(move |before: Option<()>| {
        view.file.track();
        if before.is_some() && view.pattern.with_untracked(Pattern::is_on) {
            find(view, &source.get_untracked(), view.pattern.get_untracked());
        }
    });
    let typed = move |event| {
        text.set(event_target_value(&event));
        search_soon();
    };
    let keys = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            search();
            view.step(!event.shift_key());
        }
        "Escape" => {
            if let Some(field) = field.get_untracked() {
                let _ = field.blur();
            }
        }
        _ => {}
    };
    let searching = Memo::new(move |_| view.pattern.with(Pattern::is_on));
    let counts = move || match view.find_error.get() {
        Some(_) => "!".to_owned(),
        None => {
            let (at, all) = view.counts.get();
            (t.hits)(at, all)
        }
    };
    let flag = move |on: RwSignal<bool>, label: &'static str, sign: &'static str| {
        let switch = move |_| {
            on.update(|on| *on = !*on);
            search();
        };
        view! {
            <button type="button" class="find-bar__flag" title=label aria-label=label
                aria-pressed=move || on.get().to_string() on:click=mouse(switch)>{sign}</button>
        }
    };
    view! {
        <div class="find-bar" class:find-bar--bad=move || view.find_error.get().is_some()>
            <IconView icon=Icon::Search/>
            <input
                class="find-bar__field"
                type="search"
                autocomplete="off"
                spellcheck="false"
                placeholder=t.find
                aria-label=t.find
                title=move || view.find_error.get()
                node_ref=field
                on:input=plain(typed)
                on:keydown=keys
            />
            {flag(case, t.match_case, "Aa")}
            {flag(regex, t.match_regex, ".*")}
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
