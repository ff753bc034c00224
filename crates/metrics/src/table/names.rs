//! Resolves column names in requests.

use strsim::levenshtein;

use common::query::{Problem, Query, QueryError};
use common::runs::Column;

use super::columns::{ColumnPosition, TableColumns};
use store::{Error, Result};

/// Maximum number of suggestions for an unknown name.
const MAX_SUGGESTIONS: usize = 3;

/// A resolved column name.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedColumn {
    /// The column.
    pub column: Column,
    /// `None` if no row has a value in it.
    pub position: Option<ColumnPosition>,
}

/// Resolves a name: a full name, else a parameter, the last part of its path, a record, a metric.
/// `None` for a short name that is none of them.
#[must_use]
pub fn resolve(columns: &TableColumns, name: &str) -> Option<NamedColumn> {
    let name = name.trim();
    if let Some(column) = Column::parse(name) {
        let position = columns.find(&column);
        // A parameter may itself be called `metrics.x`.
        let param = Column::Param(name.to_owned());
        return match (position, columns.find(&param)) {
            (None, Some(position)) => Some(NamedColumn { column: param, position: Some(position) }),
            (position, _) => Some(NamedColumn { column, position }),
        };
    }
    let param = Column::Param(name.to_owned());
    let metric = Column::parse(&format!("metrics.{name}"));
    let position = columns
        .find(&param)
        .or_else(|| columns.param_ending(name))
        .or_else(|| columns.find(&Column::Record(name.to_owned())))
        .or_else(|| metric.and_then(|metric| columns.find(&metric)));
    position.and_then(|position| {
        Some(NamedColumn { column: columns.column(position)?, position: Some(position) })
    })
}

/// Resolves the columns of a query, in its order.
///
/// # Errors
/// An unknown name, with its position in the text.
pub fn of_query(columns: &TableColumns, query: &Query) -> Result<Vec<NamedColumn>> {
    let named = query.names.iter().map(|name| {
        resolve(columns, &name.text)
            .ok_or_else(|| Error::Filter(QueryError::new(name.span, unknown(columns, &name.text))))
    });
    named.collect()
}

/// Resolves a column that is sorted by, grouped by or shown.
///
/// # Errors
/// When the name is unknown.
pub fn of_field(columns: &TableColumns, field: &str, name: &str) -> Result<NamedColumn> {
    let unknown = || Error::invalid(format!("{field}: {}", unknown(columns, name)));
    resolve(columns, name).ok_or_else(unknown)
}

fn unknown(columns: &TableColumns, name: &str) -> Problem {
    let fixed = common::runs::Fixed::ALL.iter().map(|fixed| fixed.as_str());
    let mut near: Vec<(usize, &str)> = fixed
        .chain(columns.names())
        .filter_map(|known| Some((similarity_distance(name, known)?, known)))
        .collect();
    near.sort_unstable();
    near.dedup();
    near.truncate(MAX_SUGGESTIONS);
    let near = near.into_iter().map(|(_, known)| known.to_owned()).collect();
    Problem::UnknownColumn { name: name.to_owned(), near }
}

/// Distance of a known name from a mistyped one, lower is closer; `None` if they are not similar.
/// Names are similar when few letters differ, or when the known one is a longer form of the other.
fn similarity_distance(name: &str, known: &str) -> Option<usize> {
    if is_near(name, known) {
        return Some(levenshtein(name, known));
    }
    let is_longer_form =
        name.len() > 2 && known.split(['/', '.', '_']).any(|part| part.eq_ignore_ascii_case(name));
    is_longer_form.then_some(known.len())
}

fn is_near(name: &str, known: &str) -> bool {
    let limit = if name.len() < 4 { 1 } else { 2 };
    known.len().abs_diff(name.len()) <= limit && levenshtein(name, known) <= limit
}
