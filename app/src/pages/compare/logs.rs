//! Logs side by side.

use leptos::prelude::*;

use super::state::{name_of, use_compared};
use crate::components::handler::plain;
use crate::i18n::use_messages;
use crate::pages::monitor::LogPane;

/// More logs than these do not fit beside each other.
const MAX_LOGS: usize = 4;

/// The logs of some of the runs; the first two to begin with.
#[component]
pub(super) fn Logs() -> impl IntoView {
    let t = use_messages().compare();
    let compared = use_compared();
    let tasks = compared.page.with_value(|page| {
        let own = page.rows.iter().filter(|row| !row.task.starts_with('@'));
        let mut tasks: Vec<(String, String)> =
            own.map(|row| (row.task.clone(), name_of(row))).collect();
        tasks.dedup_by(|a, b| a.0 == b.0);
        tasks
    });
    let shown = RwSignal::new(tasks.iter().take(2).map(|it| it.0.clone()).collect::<Vec<_>>());
    let choice = |(task, name): (String, String)| {
        let own = task.clone();
        let on = move || shown.with(|shown| shown.contains(&own));
        let full = {
            let on = on.clone();
            move || !on() && shown.with(|shown| shown.len() >= MAX_LOGS)
        };
        let toggle = move |_| {
            shown.update(|shown| match shown.iter().position(|it| *it == task) {
                Some(at) => {
                    shown.remove(at);
                }
                None => shown.push(task.clone()),
            });
        };
        view! {
            <label class="logs__choice">
                <input type="checkbox" class="checkbox" prop:checked=on disabled=full on:change=plain(toggle)/>
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <div class="logs__choices" role="group" aria-label=t.tab_logs>{tasks.into_iter().map(choice).collect_view()}</div>
        <div class="logs">
            <For each=move || shown.get() key=Clone::clone let:name>
                <div class="logs__one">
                    <h2 class="section__title">{name.clone()}</h2>
                    <LogPane name=Signal::stored(name) is_main=false/>
                </div>
            </For>
        </div>
    }
}
