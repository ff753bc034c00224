//! What is known of a column's values in some rows.

use std::collections::HashSet;

use common::metric::{Goal, Pick};
use common::runs::{Cell, Column, ColumnInfo, ColumnKind};

use super::columns::{Columns, Place, fixed_kind};

/// A value, for counting different ones.
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
            // 0 and -0 are one value.
            Cell::Number(number) => Self::Number((number + 0.0).to_bits()),
            Cell::Text(text) => Self::Text(text.clone()),
        }
    }
}

/// Looks at a column in some rows.
#[must_use]
pub fn info(
    columns: &Columns,
    column: &Column,
    place: Option<Place>,
    slots: &[usize],
) -> ColumnInfo {
    let mut info = ColumnInfo { name: column.to_string(), ..ColumnInfo::default() };
    let mut seen = HashSet::new();
    let (mut numbers, mut bools) = (0, 0);
    let mut last = None;
    for slot in slots {
        let cell = place.map(|place| columns.cell(place, *slot)).unwrap_or_default();
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
        // Rows beside each other are often the same.
        if info.distinct < ColumnInfo::DISTINCT && last.as_ref() != Some(&cell) {
            seen.insert(Distinct::from(&*cell));
            info.distinct = u32::try_from(seen.len()).unwrap_or(u32::MAX);
        }
        last = Some(cell);
    }
    info.kind = fixed_kind(column).unwrap_or(match info.count {
        0 => ColumnKind::Text,
        count if numbers == count => ColumnKind::Number,
        count if bools == count => ColumnKind::Bool,
        _ => ColumnKind::Text,
    });
    info.goal = goal_of(columns, column, place, slots);
    info.best = match info.goal {
        Some(Goal::Min) => info.min,
        Some(Goal::Max) => info.max,
        _ => None,
    };
    info
}

/// Whether small or large values are good: what a script said, else what the name says.
fn goal_of(
    columns: &Columns,
    column: &Column,
    place: Option<Place>,
    slots: &[usize],
) -> Option<Goal> {
    let goal = match column {
        Column::Metric { pick: Pick::Count, .. } | Column::Fixed(_) | Column::Param(_) => None,
        Column::Record(key) => Goal::guess(key),
        Column::Metric { key, .. } => {
            let told = match place {
                Some(Place::Metric(place, _)) => {
                    slots.iter().find_map(|slot| columns.figures(place, *slot)?.goal)
                }
                _ => None,
            };
            told.or_else(|| Goal::guess(key))
        }
    };
    goal.filter(|goal| matches!(goal, Goal::Min | Goal::Max))
}
