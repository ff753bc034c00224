//! Evaluates a query for a row.

use std::borrow::Cow;

use super::expr::{Expr, Query};
use super::value::{holds, holds_between};
use crate::runs::{Cell, ColumnKind};

/// A row, as seen by a query.
pub trait Row {
    /// The value in a column, by its index in [`Query::names`].
    fn cell(&self, name: usize) -> Cow<'_, Cell>;
    /// The current value of a run in that column. It differs only if the column shows a statistic
    /// of many values, such as the best of a metric: its last value shows whether the run has
    /// diverged.
    fn latest(&self, name: usize) -> Cow<'_, Cell> {
        self.cell(name)
    }
    /// The type of the values of that column.
    fn kind(&self, name: usize) -> ColumnKind;
    /// The text that is searched for words without a column, in lower case.
    fn text(&self) -> Cow<'_, str>;
}

impl Query {
    /// Whether a row matches.
    #[must_use]
    pub fn matches(&self, row: &impl Row) -> bool {
        self.expr.as_ref().is_none_or(|expr| expr.holds(row))
    }
}

impl Expr {
    fn holds(&self, row: &impl Row) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(row)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(row)),
            Self::Not(part) => !part.holds(row),
            Self::Has(name) => !row.cell(*name).is_missing(),
            Self::Is(name, operator, value) => {
                holds(&row.cell(*name), *operator, value, row.kind(*name))
            }
            Self::IsColumn(a, operator, b) => {
                holds_between(&row.cell(*a), *operator, &row.cell(*b))
            }
            Self::IsOfClass(name, class) => {
                matches!(*row.latest(*name), Cell::Number(number) if class.holds(number))
            }
            Self::In(name, values) => {
                let (cell, kind) = (row.cell(*name), row.kind(*name));
                values.iter().any(|value| holds(&cell, super::Operator::Equal, value, kind))
            }
            Self::Text(text) => row.text().contains(text.as_str()),
        }
    }
}
