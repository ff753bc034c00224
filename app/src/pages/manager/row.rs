//! A row of the task table.

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

/// A row; its cells follow the task's own signal.
#[component]
pub(super) fn TaskTableRow(
    /// The task.
    row: TaskRow,
    /// The parameters and metrics with a column.
    displayed: DisplayedTasks,
) -> impl IntoView {
    let t = use_messages().manager();
    let manager = use_manager();
    let TaskRow { name, task } = row;
    let task = RwSignal::from(task);
    let name = StoredValue::new(name);
    let is_chosen =
        move || manager.selection.with(|all| name.with_value(|name| all.contains(name)));
    let is_here =
        move || manager.cursor.with(|here| name.with_value(|name| here.as_ref() == Some(name)));
    let metrics = move || {
        let cell = |key: String| {
            let label = key.clone();
            view! { <td class="task-table__number" data-label=label><MetricValue task key/></td> }
        };
        displayed.metrics.get().into_iter().map(cell).collect_view()
    };
    let preview =
        move || task.with(|task| displayed.parameters.with(|keys| varying::preview(task, keys)));
    view! {
        <tr
            class="task-row"
            class:task-row--chosen=is_chosen
            class:task-row--here=is_here
            aria-selected=move || if is_chosen() { "true" } else { "false" }
            on:click=mouse(move |_| manager.cursor.set(Some(name.get_value())))
        >
            <td class="task-table__check"><Choose name/></td>
            <td class="task-table__status"><StatusCell task/></td>
            <td class="task-table__name"><NameLink name task/></td>
            <td class="task-table__params" data-label=t.column_params>
                <div class="params-and-failure">
                    <span class="params-and-failure__params" title=preview>{preview}</span>
                    <Failure name task/>
                </div>
            </td>
            {metrics}
            <td class="task-table__number" data-label=t.column_duration><DurationCell task/></td>
            <td class="task-table__started" data-label=t.column_started><StartedCell task/></td>
            <td class="task-table__number" data-label=t.column_runs>{move || task.with(|task| task.run_index)}</td>
            <td class="task-table__notes" data-label=t.column_notes title=move || task.with(|task| task.notes.clone())>
                {move || task.with(|task| task.notes.lines().next().unwrap_or_default().to_owned())}
            </td>
            <td class="task-table__actions"><Actions name task/></td>
        </tr>
    }
}
