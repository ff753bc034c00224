//! Logs side by side.

use std::collections::HashMap;

use common::metric::RunRef;
use leptos::prelude::*;

use super::state::{name_of, use_compared};
use crate::components::handler::plain;
use crate::i18n::use_messages;
use crate::pages::monitor::LogPane;

/// Maximum number of logs side by side.
const MAX_LOGS: usize = 4;

/// The logs of the selected runs, initially the first two. Each pane can switch to any run of its task.
#[component]
pub(super) fn Logs() -> impl IntoView {
    let t = use_messages().compare();
    let compared = use_compared();
    let tasks = compared.page.with_value(|page| {
        let own = page.rows.iter().filter(|row| !row.task.starts_with('@'));
        own.map(|row| (RunRef::new(row.task.clone(), row.run), name_of(row))).collect::<Vec<_>>()
    });
    let titles: HashMap<RunRef, String> = tasks.iter().cloned().collect();
    let displayed = RwSignal::new(tasks.iter().take(2).map(|it| it.0.clone()).collect::<Vec<_>>());
    let choice = |(task, name): (RunRef, String)| {
        let own = task.clone();
        let on = move || displayed.with(|displayed| displayed.contains(&own));
        let full = {
            let on = on.clone();
            move || !on() && displayed.with(|displayed| displayed.len() >= MAX_LOGS)
        };
        let toggle = move |_| {
            displayed.update(|displayed| match displayed.iter().position(|it| *it == task) {
                Some(at) => {
                    displayed.remove(at);
                }
                None => displayed.push(task.clone()),
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
            <For each=move || displayed.get() key=Clone::clone let:of>
                <div class="logs__one">
                    <h2 class="section__title">{titles.get(&of).cloned()}</h2>
                    <LogPane run=of.run name=Signal::stored(of.task) is_main=false/>
                </div>
            </For>
        </div>
    }
}
