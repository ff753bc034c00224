//! The newest tasks, with their result and sparkline.

use common::Task;
use leptos::prelude::*;

use crate::components::dynamic::{part, text};
use crate::components::{
    ButtonKind, EmptyState, Icon, LinkButton, RelativeTime, Sparkline, StatusBadge, Table,
};
use crate::i18n::use_messages;
use crate::number_text;
use crate::pages::failure::FailureLine;
use crate::pages::live_rows::{TaskRow, reconcile};
use crate::pages::varying;
use crate::state::overview::Overview;
use crate::state::workspace::{use_ws, with_ws, ws_href};
use crate::url_query::task_path;

/// The newest tasks in a table, or a placeholder if there are none.
#[component]
pub(super) fn Recent(
    /// The workspace with its tasks, the newest first.
    overview: Signal<Overview>,
) -> impl IntoView {
    let t = use_messages();
    let is_empty = Memo::new(move |_| overview.with(|it| it.recent_tasks.is_empty()));
    move || match is_empty.get() {
        true => view! {
            <EmptyState icon=Icon::Wand title=t.home().no_tasks text=t.home().no_tasks_text>
                <LinkButton href=ws_href("/generator") kind=ButtonKind::Primary icon=Icon::Plus>
                    {t.home().new_batch}
                </LinkButton>
            </EmptyState>
        }
        .into_any(),
        false => view! { <RecentTable overview/> }.into_any(),
    }
}

#[component]
fn RecentTable(overview: Signal<Overview>) -> impl IntoView {
    let h = use_messages().home();
    let columns = [
        h.column_task,
        h.column_status,
        h.column_params,
        h.column_result,
        h.column_curve,
        h.column_when,
    ];
    let columns: Vec<String> = columns.map(str::to_owned).into();
    let differing = Memo::new(move |_| overview.with(|it| varying::parameters(&it.recent_tasks)));
    let rows = Memo::new(move |old: Option<&Vec<TaskRow>>| {
        let old = old.map_or(&[][..], Vec::as_slice);
        overview.with(|it| reconcile(old, &it.recent_tasks))
    });
    view! {
        <section class="section">
            <div class="section__head">
                <h2 class="section__title">{h.recent}</h2>
                <a class="link" href=ws_href("/tasks")>{h.all_tasks}</a>
            </div>
            <Table label=h.recent columns=columns>
                <For each=move || rows.get() key=|row| row.name.clone() let:row>
                    <RecentTask row differing/>
                </For>
            </Table>
        </section>
    }
}

#[component]
fn RecentTask(row: TaskRow, differing: Memo<Vec<String>>) -> impl IntoView {
    let ws = use_ws();
    let TaskRow { name, task } = row;
    let task = Signal::<Task>::from(task);
    let of = name.clone();
    let of_failure = name.clone();
    let failure = Signal::derive(move || task.with(|task| task.failure_summary.clone()));
    let path = text(move || with_ws(&task_path(&of, ""), ws.get().as_deref()));
    let status = Memo::new(move |_| task.with(|task| task.status));
    let when = Memo::new(move |_| task.with(started_or_created));
    let parameters =
        text(move || task.with(|task| differing.with(|keys| varying::preview(task, keys))));
    view! {
        <tr>
            <td><a class="link recent__name" href=path>{name}</a></td>
            <td>{part(move || view! { <StatusBadge status=status.get()/> })}</td>
            <td class="table__clip muted">
                <div class="params-and-failure">
                    <span class="params-and-failure__params" title=text(move || task.with(|task| task.preview_text.clone()))>
                        {parameters}
                    </span>
                    <FailureLine name=of_failure failure/>
                </div>
            </td>
            <td class="num">{part(move || task.with(result))}</td>
            <td>{part(move || task.with(curve))}</td>
            <td class="muted">{part(move || view! { <RelativeTime stored=when.get()/> })}</td>
        </tr>
    }
}

fn started_or_created(task: &Task) -> String {
    let started = latest(&task.start_times).filter(|started| !started.is_empty());
    started.unwrap_or(&task.created_at).clone()
}

/// The entry of the newest run in a per-run array.
pub(super) fn latest<T>(slots: &[T]) -> Option<&T> {
    slots.last()
}

/// The first record of the newest run: scripts usually record the main result first.
fn result(task: &Task) -> Option<impl IntoView + use<>> {
    let (key, value) = latest(&task.records)?.iter().next()?;
    let (key, value) = (key.clone(), number_text::of_json(value));
    Some(view! { <span class="recent__key">{key}</span>{value} })
}

/// The curve of the main metric, with its name.
fn curve(task: &Task) -> Option<impl IntoView + use<>> {
    let (key, values) = latest(&task.tracks)?.iter().next()?;
    let values = values.as_array()?.iter().filter_map(serde_json::Value::as_f64).collect();
    let label = key.clone();
    Some(view! {
        <span class="recent__curve" title=key.clone()>
            <Sparkline values label/>
            <span class="recent__curve-name" aria-hidden="true">{key.clone()}</span>
        </span>
    })
}
