//! The card layout: more details per task.

use leptos::prelude::*;

use super::cell::{
    Actions, Choose, DurationCell, Failure, MetricValue, NameLink, StartedCell, StatusCell,
};
use super::displayed::DisplayedTasks;
use super::state::use_manager;
use crate::components::handler::mouse;
use crate::i18n::use_messages;
use crate::pages::live_rows::TaskRow;
use crate::pages::varying;

/// The tasks as cards.
#[component]
pub(super) fn Cards(
    /// The displayed tasks and columns.
    displayed: DisplayedTasks,
) -> impl IntoView {
    let t = use_messages().manager();
    view! {
        <ul class="task-cards" aria-label=t.title>
            <For each=move || displayed.rows.get() key=|row| row.name.clone() let:row>
                <TaskCard row displayed/>
            </For>
        </ul>
    }
}

#[component]
fn TaskCard(row: TaskRow, displayed: DisplayedTasks) -> impl IntoView {
    let manager = use_manager();
    let TaskRow { name, task } = row;
    let task = RwSignal::from(task);
    let name = StoredValue::new(name);
    let is_chosen =
        move || manager.selection.with(|all| name.with_value(|name| all.contains(name)));
    let is_here =
        move || manager.cursor.with(|here| name.with_value(|name| here.as_ref() == Some(name)));
    let metrics = move || {
        let pair = |key: String| {
            let label = key.clone();
            view! { <div class="task-card__metric"><dt>{label}</dt><dd><MetricValue task key/></dd></div> }
        };
        displayed.metrics.get().into_iter().map(pair).collect_view()
    };
    let preview =
        move || task.with(|task| displayed.parameters.with(|keys| varying::preview(task, keys)));
    view! {
        <li
            class="task-card"
            class:task-card--chosen=is_chosen
            class:task-card--here=is_here
            on:click=mouse(move |_| manager.cursor.set(Some(name.get_value())))
        >
            <div class="task-card__head">
                <Choose name/>
                <span class="task-card__name"><NameLink name task/></span>
                <StatusCell task/>
            </div>
            <p class="task-card__params">{preview}</p>
            <div class="task-card__failure"><Failure name task/></div>
            <dl class="task-card__metrics">{metrics}</dl>
            <p class="task-card__notes">{move || task.with(|task| task.notes.clone())}</p>
            <div class="task-card__foot">
                <span class="task-card__times"><DurationCell task/><StartedCell task/></span>
                <Actions name task/>
            </div>
        </li>
    }
}
