//! A heat map of two parameters: the colour is the mean result of the runs in a cell.

use common::runs::{Cell, cell_text};
use common::stats::{Spread, spread};
use leptos::prelude::*;

use super::state::use_compared;
use crate::components::{Choice, Select};
use crate::i18n::use_messages;
use crate::number_text;
use crate::pages::runs_table::Dimension;
use crate::pages::runs_table::{fraction, tint};

/// Maximum number of distinct values per axis; further values are dropped.
const MAX_VALUES: usize = 40;

/// The data of the map: the values of both parameters, and the results of each pair.
#[derive(Debug, Clone, PartialEq)]
struct HeatMapData {
    across: Vec<String>,
    down: Vec<String>,
    /// By row, then by column.
    cells: Vec<Vec<Option<Spread>>>,
}

/// The map, with selectors for its axes.
#[component]
pub(super) fn HeatMap() -> impl IntoView {
    let t = use_messages().compare();
    let compared = use_compared();
    let names = compared.dimensions.with_value(|all| {
        let parameters = all.iter().filter(|it| it.is_parameter);
        parameters.map(|it| Choice::new(it.name.clone(), it.label.clone())).collect::<Vec<_>>()
    });
    let name = |position: usize| {
        names.get(position).or(names.first()).map(|it| it.value.clone()).unwrap_or_default()
    };
    let (x, y) = (RwSignal::new(name(1)), RwSignal::new(name(0)));
    let map = Memo::new(move |_| {
        Some(map(
            &compared.dimension(&x.get())?,
            &compared.dimension(&y.get())?,
            &compared.result()?,
        ))
    });
    let choices = Signal::stored(names);
    view! {
        <section class="section plot">
            <header class="section__head">
                <h2 class="section__title">{t.heat_map}</h2>
                <span class="plot__choices">
                    <Select label=t.y_axis choices value=y on_change=move |name| y.set(name)/>
                    <Select label=t.x_axis choices value=x on_change=move |name| x.set(name)/>
                </span>
            </header>
            {move || map.get().map(|map| view! { <MapTable map/> })}
        </section>
    }
}

#[component]
fn MapTable(map: HeatMapData) -> impl IntoView {
    let t = use_messages().compare();
    let all = || map.cells.iter().flatten().flatten().map(|cell| cell.mean);
    let (min, max) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    let headers =
        map.across.iter().map(|word| view! { <th scope="col">{word.clone()}</th> }).collect_view();
    let row = |(word, cells): (&String, &Vec<Option<Spread>>)| {
        let cell = |cell: &Option<Spread>| {
            let Some(cell) = cell else { return view! { <td class="heat__none"></td> }.into_any() };
            let ground = fraction(cell.mean, min, max).map(tint);
            let title = (t.heat_cell)(
                &number_text::short(cell.mean),
                &number_text::short(cell.std),
                cell.count,
            );
            view! { <td style:background=ground title=title>{number_text::short(cell.mean)}</td> }
                .into_any()
        };
        view! { <tr><th scope="row">{word.clone()}</th>{cells.iter().map(cell).collect_view()}</tr> }
    };
    let rows = map.down.iter().zip(&map.cells).map(row).collect_view();
    view! {
        <div class="heat" role="region" tabindex="0" aria-label=t.heat_map>
            <table>
                <thead><tr><td></td>{headers}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn map(x: &Dimension, y: &Dimension, result: &Dimension) -> HeatMapData {
    let (across, down) = (values(x), values(y));
    let at = |values: &[Cell], cell: Option<&Cell>| values.iter().position(|it| Some(it) == cell);
    let mut found: Vec<Vec<Vec<f64>>> = vec![vec![Vec::new(); across.len()]; down.len()];
    for (row, value) in result.cells.iter().enumerate() {
        let positions = (at(&down, y.cells.get(row)), at(&across, x.cells.get(row)));
        if let (Some(row), Some(column), Some(value)) =
            (positions.0, positions.1, value.as_number())
        {
            found[row][column].push(value);
        }
    }
    let cells = found.into_iter().map(|row| row.into_iter().map(spread).collect()).collect();
    let words = |cells: &[Cell]| {
        cells.iter().map(|cell| cell_text(cell, common::runs::ColumnKind::Number)).collect()
    };
    HeatMapData { across: words(&across), down: words(&down), cells }
}

/// The distinct values of a column, sorted.
fn values(axis: &Dimension) -> Vec<Cell> {
    let mut values = axis.cells.clone();
    values.sort_by(Cell::compare);
    values.dedup();
    values.truncate(MAX_VALUES);
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::runs_table::Scale;

    #[test]
    fn a_cell_is_the_mean_of_its_runs() {
        let axis = |values: &[f64]| Dimension {
            name: "x".to_owned(),
            label: "x".to_owned(),
            cells: values.iter().copied().map(Cell::Number).collect(),
            scale: Scale::Words(Vec::new()),
            is_parameter: true,
        };
        let found = map(&axis(&[1.0, 2.0, 1.0]), &axis(&[5.0, 5.0, 5.0]), &axis(&[3.0, 9.0, 5.0]));
        assert_eq!((found.across.len(), found.down.len()), (2, 1));
        assert_eq!(found.cells[0][0].unwrap().mean, 4.0);
        assert_eq!(found.cells[0][1].unwrap().count, 1);
    }
}
