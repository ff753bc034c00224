//! The cells shared by rows and cards.

use common::Task;
use leptos::ev;
use leptos::prelude::*;

use super::state::use_manager;
use crate::components::handler::mouse;
use crate::components::{Icon, IconButton, IconView, RelativeTime, StatusBadge};
use crate::i18n::use_messages;
use crate::number_text;
use crate::pages::elapsed::Elapsed;
use crate::pages::failure::FailureLine;
use crate::pages::varying;
use crate::url_query::{UrlQuery, task_path};

/// The checkbox that selects the task; with Shift, a range up to it.
#[component]
pub(super) fn Choose(name: StoredValue<String>) -> impl IntoView {
    let manager = use_manager();
    let label = (use_messages().manager().choose)(&name.get_value());
    let chosen = move || manager.selection.with(|all| name.with_value(|name| all.contains(name)));
    let choose = move |event: ev::MouseEvent| {
        event.stop_propagation();
        let name = name.get_value();
        manager.selection.update(|all| {
            if event.shift_key() {
                all.extend_to(&manager.names(), &name);
            } else {
                all.toggle(&name);
            }
        });
    };
    view! { <input type="checkbox" class="checkbox" aria-label=label prop:checked=chosen on:click=mouse(choose)/> }
}

/// The status; its tooltip is the reason why a queued task waits.
#[component]
pub(super) fn StatusCell(task: RwSignal<Task>) -> impl IntoView {
    let (t, ending) = (use_messages().manager(), use_messages().ending());
    let status = Memo::new(move |_| task.with(|task| task.status));
    let why = move || {
        task.with(|task| task.wait_reason.as_deref().map(ending.wait))
            .map(|reason| (t.waits_for)(&reason))
    };
    view! { <span title=why>{move || view! { <StatusBadge status=status.get()/> }}</span> }
}

/// The failure summary, if the task failed.
#[component]
pub(super) fn Failure(name: StoredValue<String>, task: RwSignal<Task>) -> impl IntoView {
    let name = Signal::derive(move || name.get_value());
    let failure = Signal::derive(move || task.with(|task| task.failure_summary.clone()));
    let words = use_messages().ending().failure;
    view! { <FailureLine name failure words/> }
}

/// The name, as a link to the task's page.
#[component]
pub(super) fn NameLink(name: StoredValue<String>, task: RwSignal<Task>) -> impl IntoView {
    let t = use_messages().manager();
    let manager = use_manager();
    let href = move || {
        let search = UrlQuery::default().with("ws", manager.ws.get().as_deref()).to_search();
        task_path(&name.get_value(), &search)
    };
    let pin = move || {
        let pinned = task.with(|task| task.pinned);
        pinned.then(
            || view! { <span class="task-pin" title=t.pinned><IconView icon=Icon::Pin/></span> },
        )
    };
    view! { <a class="task-name" href=href>{name.get_value()}</a>{pin} }
}

/// The value that the newest run recorded under a key.
#[component]
pub(super) fn MetricValue(task: RwSignal<Task>, #[prop(into)] key: String) -> impl IntoView {
    let value = move || {
        task.with(|task| {
            let recorded = varying::latest_record(task).and_then(|record| record.get(&key));
            recorded.map(number_text::of_json).unwrap_or_default()
        })
    };
    view! { <span>{value}</span> }
}

/// The duration of the newest run.
#[component]
pub(super) fn DurationCell(task: RwSignal<Task>) -> impl IntoView {
    let slot = Memo::new(move |_| {
        task.with(|task| {
            let done = task.durations_s.last().copied().flatten();
            (done, task.start_times.last().cloned().unwrap_or_default())
        })
    });
    move || {
        let (duration_s, started) = slot.get();
        view! { <Elapsed duration_s started/> }
    }
}

/// The start time of the newest run.
#[component]
pub(super) fn StartedCell(task: RwSignal<Task>) -> impl IntoView {
    let started =
        Memo::new(move |_| task.with(|task| task.start_times.last().cloned().unwrap_or_default()));
    move || {
        let stored = started.get();
        (!stored.is_empty()).then(|| view! { <RelativeTime stored/> })
    }
}

/// The action buttons of one task.
#[component]
pub(super) fn Actions(name: StoredValue<String>, task: RwSignal<Task>) -> impl IntoView {
    let t = use_messages().manager();
    let manager = use_manager();
    let active = Memo::new(move |_| task.with(|task| task.status.is_active()));
    let fresh = Memo::new(move |_| task.with(|task| task.run_index == 0));
    let pinned = Memo::new(move |_| task.with(|task| task.pinned));
    let watch = move || {
        let query = UrlQuery::default().with("task", Some(&name.get_value()));
        format!("/monitor{}", query.with("ws", manager.ws.get().as_deref()).to_search())
    };
    let one = move || vec![name.get_value()];
    let go = move || {
        if active.get() {
            view! { <IconButton icon=Icon::Stop label=t.cancel on_click=move |_| manager.cancel(one())/> }
                .into_any()
        } else {
            let (icon, label) =
                if fresh.get() { (Icon::Play, t.run) } else { (Icon::Refresh, t.rerun) };
            view! { <IconButton icon label on_click=move |_| manager.run(one())/> }.into_any()
        }
    };
    let pin_label = Signal::derive(move || (if pinned.get() { t.unpin } else { t.pin }).to_owned());
    view! {
        <div class="task-actions">
            {go}
            <a class="button button--quiet button--icon" href=watch title=t.monitor aria-label=t.monitor>
                <IconView icon=Icon::Terminal/>
            </a>
            <IconButton
                icon=Icon::Pin
                label=pin_label
                on_click=move |_| manager.pin(name.get_value(), !pinned.get_untracked())
            />
            <IconButton icon=Icon::Trash label=t.delete on_click=move |_| manager.ask_delete(one())/>
        </div>
    }
}
