//! The newest tasks, with their result and their first curve.

use common::Task;
use leptos::prelude::*;

use crate::components::{
    ButtonKind, EmptyState, Icon, LinkButton, RelativeTime, Sparkline, StatusBadge, Table,
};
use crate::i18n::use_messages;
use crate::pages::number;
use crate::pages::query::task_path;
use crate::pages::varying;
use crate::state::workspace::{use_ws, with_ws, ws_href};

/// The newest tasks in a table; without any, how to make some.
#[component]
pub(super) fn Recent(
    /// The newest first.
    tasks: Vec<Task>,
) -> impl IntoView {
    let t = use_messages();
    if tasks.is_empty() {
        return view! {
            <EmptyState icon=Icon::Wand title=t.home().no_tasks text=t.home().no_tasks_text>
                <LinkButton href=ws_href("/generator") kind=ButtonKind::Primary icon=Icon::Plus>
                    {t.home().new_batch}
                </LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let h = t.home();
    let columns = [
        h.column_task,
        h.column_status,
        h.column_params,
        h.column_result,
        h.column_curve,
        h.column_when,
    ];
    let differing = varying::parameters(&tasks);
    let recent = move |task: Task| {
        let parameters = varying::preview(&task, &differing);
        view! { <RecentTask task parameters/> }
    };
    let columns: Vec<String> = columns.map(str::to_owned).into();
    view! {
        <section class="section">
            <div class="section__head">
                <h2 class="section__title">{h.recent}</h2>
                <a class="link" href=ws_href("/tasks")>{h.all_tasks}</a>
            </div>
            <Table label=h.recent columns=columns>
                {tasks.into_iter().map(recent).collect_view()}
            </Table>
        </section>
    }
    .into_any()
}

#[component]
fn RecentTask(task: Task, parameters: String) -> impl IntoView {
    let ws = use_ws().get_untracked();
    let path = with_ws(&task_path(&task.name, ""), ws.as_deref());
    let started = latest(&task.start_times).cloned().unwrap_or_default();
    let when = if started.is_empty() { task.created_at.clone() } else { started };
    view! {
        <tr>
            <td><a class="link recent__name" href=path>{task.name.clone()}</a></td>
            <td><StatusBadge status=task.status/></td>
            <td class="table__clip muted" title=task.preview_text.clone()>{parameters}</td>
            <td class="num">{result(&task)}</td>
            <td>{curve(&task)}</td>
            <td class="muted"><RelativeTime stored=when/></td>
        </tr>
    }
}

/// The newest run's slot of a run array.
pub(super) fn latest<T>(slots: &[T]) -> Option<&T> {
    slots.last()
}

/// What the newest run recorded first: scripts name what matters before the rest.
fn result(task: &Task) -> Option<impl IntoView + use<>> {
    let (key, value) = latest(&task.records)?.iter().next()?;
    let (key, value) = (key.clone(), number::of_json(value));
    Some(view! { <span class="recent__key">{key}</span>{value} })
}

fn curve(task: &Task) -> Option<impl IntoView + use<>> {
    let (key, values) = latest(&task.tracks)?.iter().next()?;
    let values = values.as_array()?.iter().filter_map(serde_json::Value::as_f64).collect();
    let label = key.clone();
    Some(view! { <span class="recent__curve" title=key.clone()><Sparkline values label/></span> })
}
