//! Arranges runs in the cells of a grid.

use std::collections::BTreeMap;

use common::TaskStatus;
use common::runs::{Cell, ColumnKind, RunsPage, cell_text};
use common::stats::{Spread, spread};

use crate::pages::runs_table::Dimension;

/// The grid.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Matrix {
    /// The values along x, sorted.
    pub(super) across: Vec<Cell>,
    /// The values along y, sorted.
    pub(super) down: Vec<Cell>,
    /// By row, then by column.
    pub(super) slots: Vec<Vec<Slot>>,
}

/// The runs of one cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Slot {
    /// Names of their tasks.
    pub(super) tasks: Vec<String>,
    /// The statuses of the tasks.
    pub(super) statuses: Vec<TaskStatus>,
    /// The spread of their results.
    pub(super) result: Option<Spread>,
}

impl Slot {
    /// The most relevant status of the cell: failed, then active, then completed.
    pub(super) fn status(&self) -> Option<TaskStatus> {
        let rank = |status: &TaskStatus| match status {
            TaskStatus::Failed => 0,
            TaskStatus::Running => 1,
            TaskStatus::Queued => 2,
            TaskStatus::Cancelled => 3,
            TaskStatus::Pending => 4,
            TaskStatus::Completed => 5,
        };
        self.statuses.iter().copied().min_by_key(rank)
    }
}

/// The distinct values of a column, sorted.
pub(super) fn values(axis: &Dimension) -> Vec<Cell> {
    let mut values = axis.cells.clone();
    values.sort_by(Cell::compare);
    values.dedup();
    values
}

/// Arranges the rows in cells. Without an axis there is one row, or one column. Only rows are included whose
/// other parameters have the values of `fixed`.
pub(super) fn matrix(
    page: &RunsPage,
    dimensions: &[Dimension],
    x: &str,
    y: &str,
    result: &str,
    fixed: &BTreeMap<String, String>,
) -> Matrix {
    let find = |name: &str| dimensions.iter().find(|it| it.name == name);
    let (x, y, result) = (find(x), find(y), find(result));
    let all = |axis: Option<&Dimension>| axis.map_or_else(|| vec![Cell::Missing], values);
    let (across, down) = (all(x), all(y));
    let fits = |row: usize| {
        fixed.iter().all(|(name, wanted)| {
            find(name).and_then(|it| it.cells.get(row)).is_none_or(|cell| word(cell) == *wanted)
        })
    };
    let position = |values: &[Cell], axis: Option<&Dimension>, row: usize| match axis {
        Some(axis) => axis.cells.get(row).and_then(|cell| values.iter().position(|it| it == cell)),
        None => Some(0),
    };
    let mut slots = vec![vec![Slot::default(); across.len()]; down.len()];
    let mut results = vec![vec![Vec::new(); across.len()]; down.len()];
    for (row, run) in page.rows.iter().enumerate().filter(|(row, _)| fits(*row)) {
        let (Some(column), Some(line)) = (position(&across, x, row), position(&down, y, row))
        else {
            continue;
        };
        slots[line][column].tasks.push(run.task.clone());
        slots[line][column].statuses.push(run.status);
        let value = result.and_then(|it| it.cells.get(row)?.as_number());
        results[line][column].extend(value);
    }
    for (slot, results) in slots.iter_mut().flatten().zip(results.into_iter().flatten()) {
        slot.result = spread(results);
    }
    Matrix { across, down, slots }
}

/// The text of a value.
pub(super) fn word(cell: &Cell) -> String {
    cell_text(cell, ColumnKind::Number)
}

#[cfg(test)]
mod tests {
    use common::runs::RunRow;

    use super::*;
    use crate::pages::runs_table::Scale;

    fn axis(name: &str, values: &[f64]) -> Dimension {
        Dimension {
            name: name.to_owned(),
            label: name.to_owned(),
            cells: values.iter().copied().map(Cell::Number).collect(),
            scale: Scale::Words(Vec::new()),
            is_parameter: true,
        }
    }

    fn page(statuses: &[TaskStatus]) -> RunsPage {
        let row = |(at, status): (usize, &TaskStatus)| RunRow {
            task: format!("t{at}"),
            run: 1,
            status: *status,
            ..RunRow::default()
        };
        RunsPage { rows: statuses.iter().enumerate().map(row).collect(), ..RunsPage::default() }
    }

    #[test]
    fn every_run_has_its_cell() {
        use TaskStatus::{Completed, Failed};
        let page = page(&[Completed, Completed, Failed, Completed]);
        let dimensions = [
            axis("x", &[1.0, 2.0, 1.0, 1.0]),
            axis("y", &[5.0, 5.0, 6.0, 5.0]),
            axis("seed", &[0.0, 0.0, 0.0, 1.0]),
            axis("acc", &[0.5, 0.6, 0.7, 0.9]),
        ];
        let all = matrix(&page, &dimensions, "x", "y", "acc", &BTreeMap::new());
        assert_eq!((all.across.len(), all.down.len()), (2, 2));
        assert_eq!(all.slots[0][0].tasks, ["t0", "t3"]);
        assert!((all.slots[0][0].result.unwrap().mean - 0.7).abs() < 1e-12);
        assert_eq!(all.slots[1][0].status(), Some(Failed));
        assert_eq!(all.slots[1][1], Slot::default());
        let fixed = BTreeMap::from([("seed".to_owned(), "1".to_owned())]);
        let one = matrix(&page, &dimensions, "x", "y", "acc", &fixed);
        assert_eq!(one.slots[0][0].tasks, ["t3"]);
    }

    #[test]
    fn a_batch_with_one_axis_has_one_row() {
        let page = page(&[TaskStatus::Pending; 2]);
        let found = matrix(&page, &[axis("x", &[1.0, 2.0])], "x", "", "acc", &BTreeMap::new());
        assert_eq!((found.across.len(), found.slots.len()), (2, 1));
    }
}
