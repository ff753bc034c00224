//! What a name in a request means.

use common::query::{Problem, Query, QueryError};
use common::runs::Column;

use super::columns::{Columns, Place};
use store::{Error, Result};

/// The most names that are suggested for one that is unknown.
const SUGGESTIONS: usize = 3;

/// A column that somebody named.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The column.
    pub column: Column,
    /// Nothing where no row has a value in it.
    pub place: Option<Place>,
}

/// Looks a name up: a full name, else a parameter, the last part of its path, a record, a metric.
/// Nothing for a bare name that is none of them.
#[must_use]
pub fn look_up(columns: &Columns, name: &str) -> Option<Named> {
    let name = name.trim();
    if let Some(column) = Column::parse(name) {
        let place = columns.find(&column);
        // A parameter may itself be called `metrics.x`.
        let param = Column::Param(name.to_owned());
        return match (place, columns.find(&param)) {
            (None, Some(place)) => Some(Named { column: param, place: Some(place) }),
            (place, _) => Some(Named { column, place }),
        };
    }
    let param = Column::Param(name.to_owned());
    let metric = Column::parse(&format!("metrics.{name}"));
    let place = columns
        .find(&param)
        .or_else(|| columns.param_ending(name))
        .or_else(|| columns.find(&Column::Record(name.to_owned())))
        .or_else(|| metric.and_then(|metric| columns.find(&metric)));
    place.and_then(|place| Some(Named { column: columns.column(place)?, place: Some(place) }))
}

/// The columns that a query names, in its order.
///
/// # Errors
/// A name that means nothing, with its place in the text.
pub fn of_query(columns: &Columns, query: &Query) -> Result<Vec<Named>> {
    let named = query.names.iter().map(|name| {
        look_up(columns, &name.text)
            .ok_or_else(|| Error::Filter(QueryError::new(name.span, unknown(columns, &name.text))))
    });
    named.collect()
}

/// A column that is sorted, grouped by or shown.
///
/// # Errors
/// When the name means nothing.
pub fn of_field(columns: &Columns, field: &str, name: &str) -> Result<Named> {
    let unknown = || Error::invalid(format!("{field}: {}", unknown(columns, name)));
    look_up(columns, name).ok_or_else(unknown)
}

fn unknown(columns: &Columns, name: &str) -> Problem {
    let fixed = common::runs::Fixed::ALL.iter().map(|fixed| fixed.as_str());
    let mut near: Vec<(usize, &str)> = fixed
        .chain(columns.names())
        .filter_map(|known| Some((unlikeness(name, known)?, known)))
        .collect();
    near.sort_unstable();
    near.dedup();
    near.truncate(SUGGESTIONS);
    let near = near.into_iter().map(|(_, known)| known.to_owned()).collect();
    Problem::UnknownColumn { name: name.to_owned(), near }
}

/// How little a known name resembles a mistyped one, lower is closer; nothing where it does not at all.
/// Names are like each other when few letters differ, or when the known one is a longer form of the other.
fn unlikeness(name: &str, known: &str) -> Option<usize> {
    if is_near(name, known) {
        return Some(distance(name, known));
    }
    let is_longer_form =
        name.len() > 2 && known.split(['/', '.', '_']).any(|part| part.eq_ignore_ascii_case(name));
    is_longer_form.then_some(known.len())
}

fn is_near(name: &str, known: &str) -> bool {
    let limit = if name.len() < 4 { 1 } else { 2 };
    known.len().abs_diff(name.len()) <= limit && distance(name, known) <= limit
}

/// How many letters are to be changed, added or left out (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (place, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[place + 1];
            row[place + 1] = changed.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row[b.len()]
}
