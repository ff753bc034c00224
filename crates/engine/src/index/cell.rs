//! The value of a task in a sort column.

use std::cmp::Ordering;

use common::metric::float;
use common::natural;
use serde_json::{Map, Value};

use super::sorting::Column;
use crate::task::{TaskEntry, display_value};

/// A sort value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Missing,
    /// Never NaN.
    Number(f64),
    /// Not a number.
    Nan,
    Text(Box<str>),
}

impl Cell {
    /// Numbers sort before texts, which are in natural order. NaN and then missing values come last in both
    /// directions.
    pub(super) fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let order = match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => natural::compare(a, b),
            (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Number(_)) => Ordering::Greater,
            _ => return self.rank().cmp(&other.rank()),
        };
        if descending { order.reverse() } else { order }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Number(_) | Self::Text(_) => 0,
            Self::Nan => 1,
            Self::Missing => 2,
        }
    }

    fn of(value: Option<&Value>) -> Self {
        match value {
            None | Some(Value::Null) => Self::Missing,
            Some(Value::Number(number)) => Self::number(number.as_f64()),
            Some(Value::String(text)) => match float::from_name(text) {
                Some(number) => Self::number(Some(number)),
                None => Self::Text(text.as_str().into()),
            },
            Some(other) => Self::Text(display_value(other).into()),
        }
    }

    fn number(number: Option<f64>) -> Self {
        match number {
            None => Self::Missing,
            Some(number) if number.is_nan() => Self::Nan,
            Some(number) => Self::Number(number),
        }
    }

    fn text(text: &str) -> Self {
        match text {
            "" => Self::Missing,
            text => Self::Text(text.into()),
        }
    }
}

/// The value of a task in a column.
pub(super) fn cell(entry: &TaskEntry, column: &Column) -> Cell {
    let summary = &entry.summary;
    let last = || entry.info.deserialize().runs.pop();
    match column {
        Column::Name => Cell::text(entry.name().as_str()),
        Column::Status => Cell::Number(f64::from(summary.status as u8)),
        Column::CreatedAt => Cell::number(summary.created_at.number()),
        Column::Notes => Cell::text(&entry.info.deserialize().notes),
        Column::Runs => Cell::Number(f64::from(summary.run_index)),
        Column::StartTime => last().map_or(Cell::Missing, |run| Cell::text(&run.start_time)),
        Column::FinishTime => last().map_or(Cell::Missing, |run| Cell::text(&run.finish_time)),
        Column::DurationS => Cell::number(last().and_then(|run| run.duration_s)),
        Column::Default | Column::Activity => Cell::number(summary.activity.number()),
        Column::Config(path) => Cell::of(lookup(&entry.config.deserialize(), path)),
        Column::Record(key) => Cell::of(last().as_ref().and_then(|run| run.record.get(key))),
    }
}

/// A config value by its key, or by its dotted path.
fn lookup<'a>(config: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    if let Some(value) = config.get(path) {
        return Some(value);
    }
    let (first, rest) = path.split_once('.')?;
    lookup(config.get(first)?.as_object()?, rest)
}
