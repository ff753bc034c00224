//! Selects a task as a template that is not among the newest ones.

use std::time::Duration;

use common::workspace::Template;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::load_templates;
use super::url::use_query_change;
use crate::components::handler::plain;
use crate::i18n::use_messages;
use crate::state::debounce::Debounce;
use crate::state::workspace::use_ws;

/// How long typing must pause before the search.
const PAUSE: Duration = Duration::from_millis(180);

/// A search field that finds tasks by name, notes, tags and parameters, and starts from the chosen one.
#[component]
pub(super) fn FindTemplate() -> impl IntoView {
    let t = use_messages();
    let (ws, change) = (use_ws(), use_query_change());
    let text = RwSignal::new(String::new());
    let found = RwSignal::new(Vec::<Template>::new());
    let ask = move |requested: String| {
        let ws = ws.get_untracked();
        spawn_local(async move {
            // On failure there are no suggestions. Responses to an older text are ignored.
            if let Ok(response) = load_templates(ws, requested.clone()).await
                && text.try_get_untracked().is_some_and(|now| now == requested)
            {
                found.set(response.items);
            }
        });
    };
    let debounce = Debounce::new();
    Effect::new(move |_| {
        let requested = text.get();
        if !requested.trim().is_empty() {
            debounce.after(PAUSE, move || ask(requested));
        }
    });
    // Either chosen from the list or typed completely.
    let choose = move |name: String| {
        let value = found.with_untracked(|found| {
            found.iter().find(|it| it.label == name).map(|it| it.value.clone())
        });
        match value {
            Some(value) => change.run(("template", value)),
            None => text.set(name),
        }
    };
    let options = move || {
        let option = |it: Template| view! { <option value=it.label></option> };
        found.get().into_iter().map(option).collect_view()
    };
    view! {
        <input
            class="input generator__find"
            type="search"
            list="generator-tasks"
            autocomplete="off"
            spellcheck="false"
            placeholder=t.generator().find_task
            aria-label=t.generator().find_task
            prop:value=text
            on:input=plain(move |event| choose(event_target_value(&event)))
        />
        <datalist id="generator-tasks">{options}</datalist>
    }
}
