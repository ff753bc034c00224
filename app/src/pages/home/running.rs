//! The running tasks.

use common::Task;
use common::page::TaskPage;
use leptos::prelude::*;

use super::api::load_running_tasks;
use super::recent::latest;
use crate::components::dynamic::{part, text};
use crate::components::{Live, Progress, StatusDot};
use crate::i18n::use_messages;
use crate::pages::elapsed::Elapsed;
use crate::pages::live_rows::{TaskRow, follow, reconcile};
use crate::remote::remote;
use crate::state::workspace::{use_ws, with_ws};
use crate::url_query::task_path;

/// Maximum number of visible rows; the list scrolls.
const MAX_ROWS: u32 = 5;

/// The running tasks, each with its progress.
///
/// The height of the list is fixed, so that the content below it does not move.
#[component]
pub(super) fn Running(
    /// Maximum number of running tasks.
    max_workers: Memo<u32>,
) -> impl IntoView {
    let t = use_messages();
    let ws = use_ws();
    let reload = RwSignal::new(0_u64);
    let running = remote(move || (ws.get(), reload.get()), |(ws, _)| load_running_tasks(ws));
    let content = move |page| view! { <RunningList page reload/> }.into_any();
    let rows = text(move || format!("--rows: {}", max_workers.get().clamp(1, MAX_ROWS)));
    view! {
        <section class="section">
            <h2 class="section__title">{t.home().running_now}</h2>
            <div class="panel running" style=rows>
                <Live of=running lines=1 view=content/>
            </div>
        </section>
    }
}

#[component]
fn RunningList(page: Signal<TaskPage>, reload: RwSignal<u64>) -> impl IntoView {
    let t = use_messages();
    let rows = Memo::new(move |old: Option<&Vec<TaskRow>>| {
        let old = old.map_or(&[][..], Vec::as_slice);
        page.with(|page| reconcile(old, &page.items))
    });
    follow(use_ws(), rows.into(), reload);
    let nothing = move || {
        let none = rows.with(Vec::is_empty);
        none.then(|| view! { <p class="running__none">{t.home().nothing_runs}</p> })
    };
    view! {
        <ul class="running__list">
            <For each=move || rows.get() key=|row| row.name.clone() let:row>
                <RunningTask row/>
            </For>
        </ul>
        {part(nothing)}
    }
}

#[component]
fn RunningTask(row: TaskRow) -> impl IntoView {
    let ws = use_ws();
    let TaskRow { name, task } = row;
    let of = name.clone();
    let path = text(move || with_ws(&task_path(&of, ""), ws.get().as_deref()));
    let task = Signal::<Task>::from(task);
    let status = Memo::new(move |_| task.with(|task| task.status));
    let started = Memo::new(move |_| {
        task.with(|task| latest(&task.start_times).cloned().unwrap_or_default())
    });
    // A task that never reported its progress stays at zero, which means unknown.
    let progress =
        Signal::derive(move || Some(task.with(|task| task.progress)).filter(|done| *done > 0.0));
    view! {
        <li class="running__task">
            {part(move || view! { <StatusDot status=status.get()/> })}
            <a class="running__name" href=path>{name.clone()}</a>
            <span class="running__params">{text(move || task.with(|task| task.preview_text.clone()))}</span>
            <Progress value=progress label=name/>
            {part(move || view! { <Elapsed duration_s=None started=started.get()/> })}
        </li>
    }
}
