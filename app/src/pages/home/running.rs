//! What runs now.

use common::Task;
use leptos::prelude::*;

use super::api::load_running_tasks;
use super::recent::latest;
use crate::components::{ErrorNote, Progress, StatusDot};
use crate::i18n::use_messages;
use crate::pages::elapsed::Elapsed;
use crate::pages::query::task_path;
use crate::state::live::use_live;
use crate::state::workspace::{use_ws, with_ws};
use crate::wire::remote;

/// The running tasks, each with how far it is. Nothing where none runs.
#[component]
pub(super) fn Running() -> impl IntoView {
    let ws = use_ws();
    let pulse = use_live().pulse(|change| change.task_status().is_some());
    let running = remote(move || (ws.get(), pulse.get()), |(ws, _)| load_running_tasks(ws));
    let shown = move || {
        Suspend::new(async move {
            match running.await {
                Ok(page) if page.items.is_empty() => ().into_any(),
                Ok(page) => view! { <RunningList tasks=page.items/> }.into_any(),
                Err(error) => view! { <ErrorNote error/> }.into_any(),
            }
        })
    };
    view! { <Transition>{shown}</Transition> }
}

#[component]
fn RunningList(tasks: Vec<Task>) -> impl IntoView {
    let t = use_messages();
    view! {
        <section class="section">
            <h2 class="section__title">{t.home().running_now}</h2>
            <ul class="panel running">
                {tasks.into_iter().map(|task| view! { <RunningTask task/> }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn RunningTask(task: Task) -> impl IntoView {
    let ws = use_ws().get_untracked();
    let path = with_ws(&task_path(&task.name, ""), ws.as_deref());
    let started = latest(&task.start_times).cloned().unwrap_or_default();
    // A task that never said how far it is stays at zero: that is not known, not nothing.
    let progress = (task.progress > 0.0).then_some(task.progress);
    view! {
        <li class="running__task">
            <StatusDot status=task.status/>
            <a class="running__name" href=path>{task.name.clone()}</a>
            <span class="running__params">{task.preview_text}</span>
            <Progress value=progress label=task.name/>
            <Elapsed duration_s=None started=started/>
        </li>
    }
}
