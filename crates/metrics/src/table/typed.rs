//! The table with typed columns, for Parquet.

use std::collections::HashSet;

use common::runs::{Cell, GroupCell, RunsPage};

use crate::parquet::{self, Column, Values};

/// Serializes the table. Duplicate names refer to the same column and are written once.
#[must_use]
pub fn parquet(page: &RunsPage, group: &[String]) -> Vec<u8> {
    let mut columns = if group.is_empty() { of_runs(page) } else { of_groups(page, group) };
    let mut known = HashSet::new();
    columns.retain(|column| known.insert(column.name.clone()));
    parquet::write(&columns)
}

fn column(name: impl Into<String>, values: Values) -> Column {
    Column { name: name.into(), values }
}

fn of_runs(page: &RunsPage) -> Vec<Column> {
    let tasks = page.rows.iter().map(|row| Some(row.task.clone())).collect();
    let runs = page.rows.iter().map(|row| Some(i64::from(row.run))).collect();
    let ids = [column("task", Values::Text(tasks)), column("run", Values::Int(runs))];
    let cells = page.columns.iter().enumerate().map(|(at, info)| {
        let cells: Vec<&Cell> = page.rows.iter().filter_map(|row| row.cells.get(at)).collect();
        column(info.name.clone(), values(&cells))
    });
    ids.into_iter().chain(cells).collect()
}

fn of_groups(page: &RunsPage, group: &[String]) -> Vec<Column> {
    let keys = group.iter().enumerate().map(|(at, name)| {
        let cells: Vec<&Cell> = page.groups.iter().filter_map(|row| row.key.get(at)).collect();
        column(name.clone(), values(&cells))
    });
    let count = |runs: usize| Some(i64::try_from(runs).unwrap_or(i64::MAX));
    let counts = page.groups.iter().map(|row| count(row.runs.len())).collect();
    let mut columns: Vec<Column> = keys.chain([column("runs", Values::Int(counts))]).collect();
    for (at, info) in page.columns.iter().enumerate() {
        let cells: Vec<&GroupCell> =
            page.groups.iter().filter_map(|row| row.cells.get(at)).collect();
        let displayed: Vec<Cell> = cells
            .iter()
            .map(|cell| cell.value.clone().unwrap_or_else(|| Cell::number(cell.mean)))
            .collect();
        columns.push(column(info.name.clone(), values(&displayed.iter().collect::<Vec<_>>())));
        if cells.iter().any(|cell| cell.std.is_some()) {
            let std = cells.iter().map(|cell| cell.std).collect();
            columns.push(column(format!("{} std", info.name), Values::Float(std)));
        }
    }
    columns
}

/// Numbers or booleans if all values are, else texts.
fn values(cells: &[&Cell]) -> Values {
    let all = |fits: fn(&Cell) -> bool| cells.iter().all(|cell| cell.is_missing() || fits(cell));
    if all(|cell| matches!(cell, Cell::Number(_))) {
        return Values::Float(cells.iter().map(|cell| cell.as_number()).collect());
    }
    if all(|cell| matches!(cell, Cell::Bool(_))) {
        let flag = |cell: &&Cell| match cell {
            Cell::Bool(flag) => Some(*flag),
            _ => None,
        };
        return Values::Bool(cells.iter().map(flag).collect());
    }
    let text = |cell: &&Cell| (!cell.is_missing()).then(|| cell.to_string());
    Values::Text(cells.iter().map(text).collect())
}
