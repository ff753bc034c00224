//! Asking a row.

use std::borrow::Cow;

use super::expr::{Expr, Query};
use super::value::{holds, holds_between};
use crate::runs::{Cell, ColumnKind};

/// A row, as a query sees it.
pub trait Row {
    /// The value in a column, by its place in [`Query::names`].
    fn cell(&self, name: usize) -> Cow<'_, Cell>;
    /// The value that a run has there now. Another one only where the column shows a figure of many values, such as
    /// the best of a metric: whether that diverged, its last value tells.
    fn latest(&self, name: usize) -> Cow<'_, Cell> {
        self.cell(name)
    }
    /// What the values of that column are.
    fn kind(&self, name: usize) -> ColumnKind;
    /// What a text without a column is looked for in, in lower case.
    fn text(&self) -> Cow<'_, str>;
}

impl Query {
    /// Whether a row passes.
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
