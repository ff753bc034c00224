//! Groups rows by their values in some columns.

use std::collections::HashMap;

use common::metric::RunRef;
use common::runs::{Cell, GroupCell, GroupRow, RunsQuery};

use super::table::Table;
use metrics::table::ColumnPosition;
use metrics::table::Distinct;
use metrics::table::names::NamedColumn;

/// A group of rows.
pub(super) struct Group {
    key: Vec<Cell>,
    slots: Vec<usize>,
}

/// Groups rows; the groups are in the order of their first rows.
pub(super) fn groups(table: &Table, by: &[NamedColumn], slots: &[usize]) -> Vec<Group> {
    let mut places: HashMap<Vec<Distinct>, usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for slot in slots {
        let cell = |named: &NamedColumn| match named.position {
            Some(place) => table.columns.cell(place, *slot).into_owned(),
            None => Cell::Missing,
        };
        let key: Vec<Cell> = by.iter().map(cell).collect();
        let place = *places.entry(key.iter().map(Distinct::from).collect()).or_insert_with(|| {
            groups.push(Group { key, slots: Vec::new() });
            groups.len() - 1
        });
        groups[place].slots.push(*slot);
    }
    groups
}

/// Sorts groups by the value that all their rows have in a column, else by the mean.
pub(super) fn sort(
    table: &Table,
    query: &RunsQuery,
    keys: &[NamedColumn],
    groups: &mut Vec<Group>,
) {
    for (named, key) in keys.iter().zip(&query.sort).rev() {
        let Some(place) = named.position else { continue };
        let value = |group: &Group| {
            let cell = cell_of(table, Some(place), &group.slots);
            match cell.value {
                Some(value) => value,
                None => Cell::number(cell.mean),
            }
        };
        let mut sorted: Vec<(Cell, Group)> =
            std::mem::take(groups).into_iter().map(|group| (value(&group), group)).collect();
        sorted.sort_by(|(a, _), (b, _)| a.compare_in(b, key.descending));
        *groups = sorted.into_iter().map(|(_, group)| group).collect();
    }
}

/// Converts a group to the API's type.
pub(super) fn row(table: &Table, columns: &[NamedColumn], group: Group) -> GroupRow {
    let run = |slot: &usize| {
        let row = &table.rows[*slot];
        RunRef::new(row.task(), row.run)
    };
    let cells = columns.iter().map(|named| cell_of(table, named.position, &group.slots)).collect();
    GroupRow { runs: group.slots.iter().map(run).collect(), cells, key: group.key }
}

/// Whether two values are equal, as defined by [`Distinct`].
fn is_same(a: &Cell, b: &Cell) -> bool {
    match (a, b) {
        // 0 equals -0, and NaN equals NaN.
        (Cell::Number(a), Cell::Number(b)) => (a + 0.0).to_bits() == (b + 0.0).to_bits(),
        (a, b) => a == b,
    }
}

fn cell_of(table: &Table, place: Option<ColumnPosition>, slots: &[usize]) -> GroupCell {
    let mut out = GroupCell::default();
    let cell =
        |slot: &usize| place.map(|place| table.columns.cell(place, *slot)).unwrap_or_default();
    let first = slots.first().map(cell).unwrap_or_default().into_owned();
    let mut is_shared = true;
    // Welford's algorithm, which avoids differences of large sums.
    let (mut mean, mut squares) = (0.0, 0.0);
    for slot in slots {
        let cell = cell(slot);
        is_shared = is_shared && is_same(&cell, &first);
        let Cell::Number(number) = &*cell else { continue };
        if number.is_finite() {
            out.count += 1;
            #[expect(clippy::cast_precision_loss, reason = "there are less than 2^53 rows")]
            let count = out.count as f64;
            let off = number - mean;
            mean += off / count;
            squares += off * (number - mean);
            out.min = Some(out.min.map_or(*number, |min| min.min(*number)));
            out.max = Some(out.max.map_or(*number, |max| max.max(*number)));
        }
    }
    out.value = is_shared.then_some(first);
    out.mean = (out.count > 0).then_some(mean);
    #[expect(clippy::cast_precision_loss, reason = "there are less than 2^53 rows")]
    let free = out.count.saturating_sub(1) as f64;
    out.std = (out.count > 1).then(|| (squares / free).sqrt());
    out
}
