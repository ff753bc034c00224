//! The table layout: one row per task, sortable columns.

use leptos::prelude::*;

use super::displayed::DisplayedTasks;
use super::row::TaskTableRow;
use super::state::use_manager;
use crate::components::handler::{mouse, plain};
use crate::components::{Icon, IconView};
use crate::i18n::use_messages;

/// The tasks as a table; on a phone each row becomes a card.
#[component]
pub(super) fn TaskTable(
    /// The displayed tasks and columns.
    displayed: DisplayedTasks,
) -> impl IntoView {
    let t = use_messages().manager();
    let metric_headers = move || {
        let header = |key: String| {
            let column = format!("records.{key}");
            view! { <SortHeader column=column label=key number=true/> }
        };
        displayed.metrics.get().into_iter().map(header).collect_view()
    };
    view! {
        <div class="task-table" role="region" tabindex="0" aria-label=t.title>
            <table>
                <thead>
                    <tr>
                        <th class="task-table__check" scope="col"><ChooseAll/></th>
                        <SortHeader column="status" label=t.column_status/>
                        <SortHeader column="name" label=t.column_name/>
                        <th scope="col">{t.column_params}</th>
                        {metric_headers}
                        <SortHeader column="duration_s" label=t.column_duration number=true/>
                        <SortHeader column="start_time" label=t.column_started/>
                        <SortHeader column="runs" label=t.column_runs number=true/>
                        <SortHeader column="notes" label=t.column_notes/>
                        <th class="task-table__actions" scope="col">
                            <span class="visually-hidden">{t.column_actions}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || displayed.rows.get() key=|row| row.name.clone() let:row>
                        <TaskTableRow row displayed/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

/// A column header; a click sorts by it.
#[component]
fn SortHeader(
    /// The name of the column on the server.
    #[prop(into)]
    column: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// Whether the column holds numbers.
    #[prop(optional)]
    number: bool,
) -> impl IntoView {
    let manager = use_manager();
    let title = (use_messages().manager().sort_by)(&label);
    // Owned by the closures: after a change of the layout the order is read once more when the component is disposed.
    let sorted = column.clone();
    let order = move || manager.view.with(|view| view.sort.aria(&column));
    let sort = move |_| manager.show(|view| view.sorted_by(&sorted));
    view! {
        <th scope="col" class:task-table__number=number aria-sort=order>
            <button type="button" class="task-table__sort" title=title on:click=mouse(sort)>
                <span>{label}</span>
                <IconView icon=Icon::ChevronDown/>
            </button>
        </th>
    }
}

/// The checkbox that selects all tasks of the page.
#[component]
fn ChooseAll() -> impl IntoView {
    let t = use_messages().manager();
    let manager = use_manager();
    let all = move || {
        let names: Vec<String> =
            manager.rows.with(|rows| rows.iter().map(|row| row.name.clone()).collect());
        manager.selection.with(|selection| selection.holds_all(&names))
    };
    let toggle =
        move |_| manager.selection.update(|selection| selection.toggle_all(&manager.names()));
    view! { <input type="checkbox" class="checkbox" aria-label=t.choose_all prop:checked=all on:change=plain(toggle)/> }
}
