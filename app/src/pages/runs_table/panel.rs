//! The table with its toolbar, and the curves of the selected runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use common::metric::RunRef;
use leptos::prelude::*;

use super::bar::Bar;
use super::rows::Rows;
use super::state::{RunsTable, provide_table};
use super::view::TableView;
use crate::components::chart::{board_options, curve_colour};
use crate::components::{Button, EmptyState, Icon, Skeleton};
use crate::i18n::use_messages;
use crate::pages::curves::{CurveView, Curves, LabelledRun};
use crate::pages::no_workspace::NothingHere;

/// Number of rows whose curves are drawn if none is selected.
const DEFAULT_CURVES: u64 = 10;
/// Maximum number of runs whose curves are drawn.
const MAX_CURVES: usize = 300;

/// The table of runs.
#[component]
pub(crate) fn RunsPanel(
    /// Only these runs, if not empty.
    #[prop(optional, into)]
    only: Signal<Vec<RunRef>>,
    /// The selected rows: identifiers and runs.
    chosen: RwSignal<BTreeMap<Arc<str>, Vec<RunRef>>>,
) -> impl IntoView {
    let t = use_messages().runs();
    let highlighted = RwSignal::new(None);
    let table = provide_table(only, highlighted, chosen);
    table.follow();
    let drawn = Memo::new(move |_| drawn(table));
    let colour = Callback::new(move |id: Arc<str>| {
        drawn.with(|drawn| {
            drawn.iter().find(|(known, _)| *known == id).map(|(_, it)| it.colour.clone())
        })
    });
    let empty =
        Memo::new(move |_| table.frame.with(|frame| frame.total == 0) && !table.loading.get());
    let show_all = move |_| table.show(|view| TableView { filter: String::new(), ..view });
    let counts = move || {
        let (rows, runs) = table.frame.with(|frame| (frame.total, frame.run_total));
        let grouped = table.view.with(|view| !view.group.is_empty());
        if grouped { (t.groups_of)(rows, runs) } else { (t.rows)(rows) }
    };
    view! {
        <section class="runs-panel" aria-label=t.title>
            <Bar/>
            <Show when=move || table.view.with(|view| view.charts)>
                <Charts drawn highlighted/>
            </Show>
            <Show when=move || table.loading.get()><Skeleton lines=8/></Show>
            <Show when=move || empty.get()>
                <NothingHere>
                    <EmptyState icon=Icon::Search title=t.none_title text=t.none_text>
                        <Button on_click=show_all>{t.clear_filter}</Button>
                    </EmptyState>
                </NothingHere>
            </Show>
            <div class="runs-panel__table" class:runs-panel__table--empty=move || table.frame.with(|frame| frame.total == 0)>
                <Rows colour/>
            </div>
            <footer class="pager">
                <span aria-live="polite">{counts}</span>
                <span class="pager__keys">{t.keys}</span>
            </footer>
        </section>
    }
}

#[component]
fn Charts(
    drawn: Memo<Vec<(Arc<str>, LabelledRun)>>,
    highlighted: RwSignal<Option<Arc<str>>>,
) -> impl IntoView {
    let labelled = Memo::new(move |_| {
        drawn.with(|drawn| drawn.iter().map(|(_, it)| it.clone()).collect::<Vec<_>>())
    });
    let curves =
        Curves { labelled: labelled.into(), options: board_options(), highlighted, machine: false };
    view! { <div class="runs-panel__charts"><CurveView curves/></div> }
}

/// The runs whose curves are drawn: the selected ones, or the first rows if none is selected; the runs
/// of a group share a group name.
fn drawn(table: RunsTable) -> Vec<(Arc<str>, LabelledRun)> {
    if !table.view.with(|view| view.charts) {
        return Vec::new();
    }
    let chosen = table.chosen.get();
    let rows: Vec<(Arc<str>, Vec<RunRef>)> = if chosen.is_empty() {
        let total = table.frame.with(|frame| frame.total);
        let first = (0..DEFAULT_CURVES.min(total)).filter_map(|position| table.entry(position));
        first.map(|entry| (entry.id(), entry.runs())).collect()
    } else {
        chosen.into_iter().collect()
    };
    let grouped = table.view.with(|view| !view.group.is_empty());
    let labelled = rows.into_iter().enumerate().flat_map(|(position, (id, runs))| {
        runs.into_iter().map(move |run| {
            let several = run.run > 1;
            let name = if several { run.to_string() } else { run.task.clone() };
            let group = grouped.then(|| id.to_string());
            (id.clone(), LabelledRun { run, name, colour: curve_colour(position), group })
        })
    });
    labelled.filter(|(_, it)| it.run.run > 0).take(MAX_CURVES).collect()
}
