//! The grid with its selectors and actions.

use std::collections::BTreeMap;

use common::TaskStatus;
use common::batches::{BatchSummary, RerunBatchRequest};
use common::live::Change;
use common::query::Query as Filter;
use common::runs::{Cell, RunsPage, RunsQuery};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{list_batches, rerun_batch};
use super::extend::Extend;
use super::matrix::{matrix, values, word};
use super::matrix_view::{MatrixAxis, MatrixView};
use crate::AppError;
use crate::components::{
    Button, ButtonKind, Choice, EmptyState, ErrorNote, Icon, LinkButton, Select, Skeleton,
    use_toasts,
};
use crate::i18n::{RerunCounts, use_messages};
use crate::pages::no_workspace::NothingHere;
use crate::pages::runs_table::api::list_runs;
use crate::pages::runs_table::{Dimension, dimensions, main_result};
use crate::state::live::use_live;
use crate::state::workspace::use_ws;
use crate::url_query::UrlQuery;

/// Maximum number of runs in a grid.
const MAX_RUNS: i64 = 5_000;

/// The batches of the workspace, the newest first; the selected one as a grid.
#[component]
pub(crate) fn GridPanel() -> impl IntoView {
    let t = use_messages().grid();
    let ws = use_ws();
    let change_signal = use_live().change_signal(|change| {
        matches!(
            change,
            Change::TaskAdded { .. } | Change::TaskChanged { .. } | Change::TaskRemoved { .. }
        )
    });
    let batches = RwSignal::new(None::<Result<Vec<BatchSummary>, AppError>>);
    Effect::new(move |_| {
        change_signal.track();
        let ws = ws.get();
        spawn_local(async move {
            let response = list_batches(ws).await.map(|list| list.items);
            let _ = batches.try_set(Some(response));
        });
    });
    let chosen = RwSignal::new(None::<String>);
    let batch = Memo::new(move |_| {
        batches.with(|batches| {
            let all = batches.as_ref()?.as_ref().ok()?;
            let wanted = chosen.get();
            let found = all.iter().find(|it| Some(&it.name) == wanted.as_ref());
            found.or(all.first()).cloned()
        })
    });
    // Events do not change the shape, so that selections in the grid are kept.
    let kind = Memo::new(move |_| match batches.get() {
        None => GridContent::Loading,
        Some(Err(error)) => GridContent::Failed(error),
        Some(Ok(_)) => batch.with(|batch| {
            batch.as_ref().map_or(GridContent::None, |batch| GridContent::Batch(batch.name.clone()))
        }),
    });
    let choices = Signal::derive(move || {
        batches.with(|batches| match batches {
            Some(Ok(all)) => {
                all.iter().map(|it| Choice::new(it.name.clone(), it.name.clone())).collect()
            }
            _ => Vec::new(),
        })
    });
    let content = move || match kind.get() {
        GridContent::Loading => view! { <Skeleton lines=6/> }.into_any(),
        GridContent::Failed(error) => view! { <ErrorNote error/> }.into_any(),
        GridContent::None => view! {
            <NothingHere>
                <EmptyState icon=Icon::Grid title=t.none_title text=t.none_text/>
            </NothingHere>
        }
        .into_any(),
        GridContent::Batch(name) => {
            let value = Signal::stored(name.clone());
            view! {
                <div class="compare__choices">
                    <Select label=t.batch choices value on_change=move |name| chosen.set(Some(name))/>
                    <Actions batch name=name.clone()/>
                </div>
                <Grid name change_signal/>
            }
            .into_any()
        }
    };
    view! { <section class="grid-matrix">{content}</section> }
}

/// The kind of content; changes only when another kind must be rendered.
#[derive(Debug, Clone, PartialEq)]
enum GridContent {
    Loading,
    Failed(AppError),
    None,
    Batch(String),
}

/// The filter condition of a batch.
fn filter_of(name: &str) -> String {
    Filter::with_condition("", "batch", &Cell::text(name))
}

/// The buttons that rerun failed and missing tasks, and that show the runs as a table.
#[component]
fn Actions(batch: Memo<Option<BatchSummary>>, name: String) -> impl IntoView {
    let t = use_messages().grid();
    let ws = use_ws();
    let toasts = use_toasts();
    let counts = Memo::new(move |_| {
        batch
            .with(|batch| {
                let batch = batch.as_ref()?;
                let of = |status| batch.status_counts.get(&status).copied().unwrap_or(0);
                Some(RerunCounts {
                    failed: of(TaskStatus::Failed),
                    cancelled: of(TaskStatus::Cancelled),
                    missing: batch.missing,
                })
            })
            .unwrap_or_default()
    });
    let busy = RwSignal::new(false);
    let table = {
        let filter = filter_of(&name);
        Signal::derive(move || {
            let query =
                UrlQuery::default().with("view", Some("runs")).with("filter", Some(&filter));
            format!("/tasks{}", query.with("ws", ws.get().as_deref()).to_search())
        })
    };
    let rerun = move |_| {
        let (ws, name) = (ws.get_untracked(), name.clone());
        busy.set(true);
        spawn_local(async move {
            let request = RerunBatchRequest { cancelled: true, ..RerunBatchRequest::default() };
            match rerun_batch(ws, name, request).await {
                Ok(response) => toasts.done((t.queued)(response.count)),
                Err(error) => toasts.error(&error),
            }
            let _ = busy.try_set(false);
        });
    };
    let nothing = Signal::derive(move || counts.get() == RerunCounts::default());
    view! {
        <Button kind=ButtonKind::Plain icon=Icon::Refresh disabled=nothing busy on_click=rerun>
            {move || (t.rerun)(&counts.get())}
        </Button>
        <LinkButton href=table icon=Icon::List>{t.as_table}</LinkButton>
    }
}

/// The grid of one batch.
#[component]
fn Grid(name: String, change_signal: ReadSignal<u64>) -> impl IntoView {
    let t = use_messages().grid();
    let ws = use_ws();
    let filter = StoredValue::new(filter_of(&name));
    let batch = StoredValue::new(name);
    let page = RwSignal::new(None::<Result<RunsPage, AppError>>);
    Effect::new(move |_| {
        change_signal.track();
        let query =
            RunsQuery { filter: filter.get_value(), limit: MAX_RUNS, ..RunsQuery::default() };
        let ws = ws.get();
        spawn_local(async move {
            let response = list_runs(ws, query).await;
            let _ = page.try_set(Some(response));
        });
    });
    let (x, y, result) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(None));
    let fixed = RwSignal::new(BTreeMap::<String, String>::new());
    // Outside the part that is rebuilt after events, so that the input of its dialog is kept.
    let parameters = Memo::new(move |_| {
        page.with(|page| extendable(page.as_ref().and_then(|page| page.as_ref().ok())))
    });
    let content = move || match page.get() {
        None => view! { <Skeleton lines=6/> }.into_any(),
        Some(Err(error)) => view! { <ErrorNote error/> }.into_any(),
        Some(Ok(page)) => {
            let found = dimensions(&page);
            let parameters: Vec<&Dimension> = found.iter().filter(|it| it.is_parameter).collect();
            let name_at =
                |at: usize| parameters.get(at).map(|it| it.name.clone()).unwrap_or_default();
            let across: String = x.get().unwrap_or_else(|| name_at(0));
            let down: String = y.get().unwrap_or_else(|| {
                parameters
                    .iter()
                    .find(|it| it.name != across)
                    .map(|it| it.name.clone())
                    .unwrap_or_default()
            });
            let value: String =
                result.get().or_else(|| main_result(&page, &found)).unwrap_or_default();
            let made = matrix(&page, &found, &across, &down, &value, &fixed.get());
            let goal =
                page.columns.iter().find(|info| info.name == value).and_then(|info| info.goal);
            let means =
                || made.slots.iter().flatten().filter_map(|slot| slot.result).map(|it| it.mean);
            let best = match goal {
                Some(common::metric::Goal::Min) => means().reduce(f64::min),
                Some(common::metric::Goal::Max) => means().reduce(f64::max),
                _ => None,
            };
            let axis = |name: &str| {
                let label = found.iter().find(|it| it.name == name).map(|it| it.label.clone());
                MatrixAxis { name: name.to_owned(), label: label.unwrap_or_default() }
            };
            let choices = |wanted: bool| {
                let some = found.iter().filter(|it| it.is_parameter == wanted);
                Signal::stored(
                    some.map(|it| Choice::new(it.name.clone(), it.label.clone()))
                        .collect::<Vec<_>>(),
                )
            };
            let others: Vec<Dimension> = parameters
                .iter()
                .filter(|it| it.name != across && it.name != down)
                .map(|it| (*it).clone())
                .collect();
            let (x_axis, y_axis) = (axis(&across), axis(&down));
            view! {
                <div class="compare__choices">
                    <span>{t.down}</span>
                    <Select label=t.down choices=choices(true) value=Signal::stored(down) on_change=move |name| y.set(Some(name))/>
                    <span>{t.across}</span>
                    <Select label=t.across choices=choices(true) value=Signal::stored(across) on_change=move |name| x.set(Some(name))/>
                    <span>{t.value}</span>
                    <Select label=t.value choices=choices(false) value=Signal::stored(value) on_change=move |name| result.set(Some(name))/>
                    {others.into_iter().map(|axis| view! { <FixedParameter axis fixed/> }).collect_view()}
                </div>
                <MatrixView matrix=made x=x_axis y=y_axis filter=filter.get_value() best/>
            }
            .into_any()
        }
    };
    view! {
        {content}
        <div>
            <Extend name=batch.get_value() parameters=parameters.into()/>
        </div>
    }
}

/// The parameters that can be extended.
fn extendable(page: Option<&RunsPage>) -> Vec<Choice> {
    let columns = page.into_iter().flat_map(|page| &page.columns);
    let keys = columns.filter_map(|info| info.name.strip_prefix("params."));
    keys.map(|key| Choice::new(key, key)).collect()
}

/// A parameter without an axis: all its values, or one.
#[component]
fn FixedParameter(axis: Dimension, fixed: RwSignal<BTreeMap<String, String>>) -> impl IntoView {
    let t = use_messages().grid();
    let mut choices = vec![Choice::new("", (t.every)(&axis.label))];
    choices.extend(values(&axis).iter().map(|cell| {
        let word = word(cell);
        Choice::new(word.clone(), format!("{} = {word}", axis.label))
    }));
    let name = StoredValue::new(axis.name);
    let value = Signal::derive(move || {
        fixed.with(|fixed| fixed.get(&name.get_value()).cloned().unwrap_or_default())
    });
    let change = move |word: String| {
        fixed.update(|fixed| {
            if word.is_empty() {
                fixed.remove(&name.get_value());
            } else {
                fixed.insert(name.get_value(), word);
            }
        });
    };
    view! { <Select label=axis.label choices=Signal::stored(choices) value on_change=change/> }
}
