//! Statistics of a column's values over some rows.

use std::collections::HashSet;

use common::metric::{Goal, Statistic};
use common::runs::{Cell, Column, ColumnInfo, ColumnKind};

use super::columns::{ColumnPosition, TableColumns, fixed_kind};

/// A value as a key for counting distinct values.
#[derive(Debug, PartialEq, Eq, Hash, Clone)]
pub enum Distinct {
    /// No value.
    Missing,
    /// A boolean.
    Bool(bool),
    /// The bits of the number.
    Number(u64),
    /// A text.
    Text(Box<str>),
}

impl From<&Cell> for Distinct {
    fn from(cell: &Cell) -> Self {
        match cell {
            Cell::Missing => Self::Missing,
            Cell::Bool(flag) => Self::Bool(*flag),
            // 0 and -0 are the same value.
            Cell::Number(number) => Self::Number((number + 0.0).to_bits()),
            Cell::Text(text) => Self::Text(text.clone()),
        }
    }
}

/// Computes the statistics of a column over some rows.
#[must_use]
pub fn info(
    columns: &TableColumns,
    column: &Column,
    position: Option<ColumnPosition>,
    slots: &[usize],
) -> ColumnInfo {
    let mut info = ColumnInfo { name: column.to_string(), ..ColumnInfo::default() };
    let mut distinct = HashSet::new();
    let (mut numbers, mut bools) = (0, 0);
    let mut last = None;
    for slot in slots {
        let cell = position.map(|position| columns.cell(position, *slot)).unwrap_or_default();
        info.count += u64::from(!cell.is_missing());
        info.non_finite += u64::from(cell.is_non_finite());
        match &*cell {
            Cell::Number(number) => {
                numbers += 1;
                if number.is_finite() {
                    info.min = Some(info.min.map_or(*number, |min| min.min(*number)));
                    info.max = Some(info.max.map_or(*number, |max| max.max(*number)));
                }
            }
            Cell::Bool(_) => bools += 1,
            Cell::Missing | Cell::Text(_) => {}
        }
        // Adjacent rows often have the same value.
        if info.distinct < ColumnInfo::DISTINCT && last.as_ref() != Some(&cell) {
            distinct.insert(Distinct::from(&*cell));
            info.distinct = u32::try_from(distinct.len()).unwrap_or(u32::MAX);
        }
        last = Some(cell);
    }
    info.kind = fixed_kind(column).unwrap_or(match info.count {
        0 => ColumnKind::Text,
        count if numbers == count => ColumnKind::Number,
        count if bools == count => ColumnKind::Bool,
        _ => ColumnKind::Text,
    });
    info.goal = goal_of(columns, column, position, slots);
    info.best = match info.goal {
        Some(Goal::Min) => info.min,
        Some(Goal::Max) => info.max,
        _ => None,
    };
    info
}

/// Whether small or large values are better: as declared by the script, else guessed from the name.
fn goal_of(
    columns: &TableColumns,
    column: &Column,
    position: Option<ColumnPosition>,
    slots: &[usize],
) -> Option<Goal> {
    let goal = match column {
        Column::Metric { statistic: Statistic::Count, .. }
        | Column::Fixed(_)
        | Column::Param(_) => None,
        Column::Record(key) => Goal::guess(key),
        Column::Metric { key, .. } => {
            let declared = match position {
                Some(ColumnPosition::Metric(position, _)) => {
                    slots.iter().find_map(|slot| columns.aggregate(position, *slot)?.goal)
                }
                _ => None,
            };
            declared.or_else(|| Goal::guess(key))
        }
    };
    goal.filter(|goal| matches!(goal, Goal::Min | Goal::Max))
}
