//! Formats the table of runs as text: column headers and cells, the same on the page and in the
//! terminal.

use super::{Cell, ColumnInfo, ColumnKind, GroupCell};
use crate::number;
use crate::table_text::TextCell;
use crate::timestamp::{self, DurationUnits};

/// A column's name as its header shows it: without the prefix for its type.
#[must_use]
pub fn column_label(name: &str) -> String {
    let suffix = ["params.", "records."].iter().find_map(|prefix| name.strip_prefix(prefix));
    if let Some(suffix) = suffix {
        return suffix.to_owned();
    }
    match name.strip_prefix("metrics.").and_then(|suffix| suffix.rsplit_once('.')) {
        Some((key, "best")) => key.to_owned(),
        Some((key, statistic)) => format!("{key} {statistic}"),
        None => name.replace('_', " "),
    }
}

/// A value as text.
#[must_use]
pub fn cell_text(cell: &Cell, kind: ColumnKind) -> String {
    cell_text_in(cell, kind, &DurationUnits::ENGLISH)
}

/// A value as text, a duration with the units of a language.
#[must_use]
pub fn cell_text_in(cell: &Cell, kind: ColumnKind, units: &DurationUnits) -> String {
    match (cell, kind) {
        (Cell::Number(value), ColumnKind::Duration) => timestamp::duration_in(*value, units),
        (Cell::Number(value), ColumnKind::Bytes) => number::bytes(*value),
        (Cell::Number(value), _) => number::short(*value),
        (Cell::Text(text), ColumnKind::Time) => timestamp::readable(text),
        (other, _) => other.to_string(),
    }
}

/// The value of a group of runs in a column: the common value, or mean and deviation; for a
/// parameter, the range of its values.
#[must_use]
pub fn group_text(cell: &GroupCell, info: &ColumnInfo) -> String {
    group_text_in(cell, info, &DurationUnits::ENGLISH)
}

/// The same with the duration units of a language.
#[must_use]
pub fn group_text_in(cell: &GroupCell, info: &ColumnInfo, units: &DurationUnits) -> String {
    if let Some(value) = &cell.value {
        return cell_text_in(value, info.kind, units);
    }
    let one = |value: f64| cell_text_in(&Cell::Number(value), info.kind, units);
    if info.name.starts_with("params.") {
        let ends = cell.min.zip(cell.max);
        return ends.map(|(min, max)| format!("{} … {}", one(min), one(max))).unwrap_or_default();
    }
    match (cell.mean, cell.std) {
        (Some(mean), Some(std)) if info.kind == ColumnKind::Number => {
            number::with_deviation(mean, std)
        }
        (Some(mean), Some(std)) => format!("{} ± {}", one(mean), one(std)),
        (Some(mean), None) => one(mean),
        _ => String::new(),
    }
}

/// A run's value as a cell of a text table.
#[must_use]
pub fn text_cell(cell: &Cell, info: &ColumnInfo) -> TextCell {
    TextCell {
        text: cell_text(cell, info.kind),
        best: is_best(cell.as_number(), info),
        number: matches!(cell, Cell::Number(_)),
    }
}

/// A group's value in a column as a cell of a text table.
#[must_use]
pub fn group_text_cell(cell: &GroupCell, info: &ColumnInfo) -> TextCell {
    TextCell {
        text: group_text(cell, info),
        best: is_best(cell.mean, info),
        number: cell.value.as_ref().is_none_or(|value| matches!(value, Cell::Number(_))),
    }
}

/// Whether a value is the best of its column and there are worse ones.
#[must_use]
pub fn is_best(value: Option<f64>, info: &ColumnInfo) -> bool {
    info.differs() && value.is_some() && value == info.best
}

/// Whether values are right-aligned.
#[must_use]
pub fn is_number(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Number | ColumnKind::Duration | ColumnKind::Bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_short() {
        assert_eq!(column_label("params.optim.lr"), "optim.lr");
        assert_eq!(column_label("metrics.val/acc.best"), "val/acc");
        assert_eq!(column_label("metrics.val/acc.max"), "val/acc max");
        assert_eq!(column_label("exit_code"), "exit code");
    }

    #[test]
    fn values_have_their_units() {
        assert_eq!(cell_text(&Cell::Number(1536.0), ColumnKind::Bytes), "1.5 KiB");
        assert_eq!(cell_text(&Cell::Number(0.123_456), ColumnKind::Number), "0.1235");
        assert_eq!(cell_text(&Cell::Missing, ColumnKind::Number), "");
    }

    #[test]
    fn a_group_has_mean_and_deviation() {
        let info = |name: &str| ColumnInfo {
            name: name.to_owned(),
            kind: ColumnKind::Number,
            ..ColumnInfo::default()
        };
        let cell = |mean, std| GroupCell {
            mean: Some(mean),
            std: Some(std),
            min: Some(1.0),
            max: Some(3.0),
            ..GroupCell::default()
        };
        let result = info("metrics.acc.best");
        assert_eq!(group_text(&cell(0.994_512, 0.009_201), &result), "0.9945 ± 0.0092");
        assert_eq!(group_text(&cell(3360.4, 2208.4), &result), "3360 ± 2208");
        assert_eq!(group_text(&cell(1e-9, 1e-10), &result), "1e-9 ± 1e-10");
        assert_eq!(group_text(&cell(2.0, 1.0), &info("params.seed")), "1 … 3");
        let same = GroupCell { value: Some(Cell::text("adam")), ..GroupCell::default() };
        assert_eq!(group_text(&same, &info("params.optimizer")), "adam");
    }
}
