//! The grid as a table of links.

use common::query::Query as Filter;
use common::runs::Cell;
use leptos::prelude::*;

use super::matrix::{Matrix, Slot, word};
use crate::components::StatusDot;
use crate::i18n::use_messages;
use crate::number_text;
use crate::pages::runs_table::{fraction, tint};
use crate::state::workspace::use_ws;
use crate::url_query::{UrlQuery, task_path};

/// An axis: the column and its label.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct MatrixAxis {
    pub(super) name: String,
    pub(super) label: String,
}

/// The table; every cell links to its run, or to the table of its runs.
#[component]
pub(super) fn MatrixView(
    matrix: Matrix,
    x: MatrixAxis,
    y: MatrixAxis,
    /// The filter that selects the batch.
    filter: String,
    /// The best result of all.
    best: Option<f64>,
) -> impl IntoView {
    let t = use_messages().grid();
    let ws = use_ws();
    let means = || matrix.slots.iter().flatten().filter_map(|slot| slot.result).map(|it| it.mean);
    let (min, max) =
        (means().fold(f64::INFINITY, f64::min), means().fold(f64::NEG_INFINITY, f64::max));
    let href = |slot: &Slot, across: &Cell, down: &Cell| {
        let ws = ws.get_untracked();
        if let [task] = slot.tasks.as_slice() {
            return task_path(task, &UrlQuery::default().with("ws", ws.as_deref()).to_search());
        }
        let mut filter = filter.clone();
        for (axis, cell) in [(&x, across), (&y, down)] {
            if !axis.name.is_empty() {
                filter = Filter::with_condition(&filter, &axis.name, cell);
            }
        }
        let query = UrlQuery::default().with("view", Some("runs")).with("filter", Some(&filter));
        format!("/tasks{}", query.with("ws", ws.as_deref()).to_search())
    };
    let cell = |slot: &Slot, across: &Cell, down: &Cell| {
        let Some(status) = slot.status() else {
            return view! { <td><span class="matrix__cell matrix__cell--empty" title=t.missing>"–"</span></td> }.into_any();
        };
        let value = slot.result.map(|result| number_text::short(result.mean));
        let ground = slot.result.and_then(|result| fraction(result.mean, min, max)).map(tint);
        let is_best = slot.result.is_some_and(|result| Some(result.mean) == best);
        let count = (slot.tasks.len() > 1).then(|| format!("×{}", slot.tasks.len()));
        let title = match (slot.result, slot.tasks.as_slice()) {
            (Some(result), tasks) if tasks.len() > 1 => (t.mean_of)(
                &number_text::short(result.mean),
                &number_text::short(result.std),
                tasks.len(),
            ),
            (_, tasks) => tasks.first().cloned().unwrap_or_default(),
        };
        view! {
            <td>
                <a class="matrix__cell" class:matrix__cell--best=is_best href=href(slot, across, down)
                    title=title style=("--ground", ground)>
                    <StatusDot status/>
                    <span>{value}</span>
                    {count.map(|count| view! { <span class="matrix__count">{count}</span> })}
                </a>
            </td>
        }
        .into_any()
    };
    let headers = matrix
        .across
        .iter()
        .map(|value| view! { <th scope="col">{word(value)}</th> })
        .collect_view();
    let row = |(down, slots): (&Cell, &Vec<Slot>)| {
        let cells = slots.iter().zip(&matrix.across).map(|(slot, across)| cell(slot, across, down));
        view! { <tr><th scope="row">{word(down)}</th>{cells.collect_view()}</tr> }
    };
    let rows = matrix.down.iter().zip(&matrix.slots).map(row).collect_view();
    view! {
        <div class="matrix" role="region" tabindex="0" aria-label=t.title>
            <table>
                <thead>
                    <tr>
                        <td class="matrix__axis">{y.label.clone()}</td>
                        <th class="matrix__axis" colspan=matrix.across.len()>{x.label.clone()}</th>
                    </tr>
                    <tr><td></td>{headers}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
