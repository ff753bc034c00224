//! The columns of the table of runs, stored by column.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use common::metric::{Aggregate, Statistic};
use common::runs::{Cell, Column, ColumnKind, Fixed};

static MISSING: Cell = Cell::Missing;

/// The position of a column in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnPosition {
    /// A column with one cell per row.
    Plain(usize),
    /// A statistic of a metric.
    Metric(usize, Statistic),
}

/// The stored values that a column is read from: one for all statistics of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnValues {
    /// Of a plain column.
    Plain(usize),
    /// Of a metric.
    Metric(usize),
}

impl ColumnPosition {
    /// The stored values of this column.
    #[must_use]
    pub fn values(self) -> ColumnValues {
        match self {
            Self::Plain(index) => ColumnValues::Plain(index),
            Self::Metric(index, _) => ColumnValues::Metric(index),
        }
    }
}

/// Values by column and row slot.
#[derive(Debug, Default)]
pub struct TableColumns {
    plain: Vec<PlainColumn>,
    plain_by_name: HashMap<Column, usize>,
    metrics: Vec<MetricColumn>,
    metric_by_key: BTreeMap<String, usize>,
}

#[derive(Debug)]
struct PlainColumn {
    column: Column,
    cells: Vec<Cell>,
}

#[derive(Debug)]
struct MetricColumn {
    key: String,
    aggregates: Vec<Option<Box<Aggregate>>>,
}

impl TableColumns {
    /// Sets a value in a row; returns its position, if there is such a column.
    pub fn set(&mut self, slot: usize, column: Column, cell: Cell) -> Option<ColumnValues> {
        let index = match self.plain_by_name.get(&column) {
            Some(index) => *index,
            // A column is created with its first value.
            None if cell.is_missing() => return None,
            None => {
                self.plain.push(PlainColumn { column: column.clone(), cells: Vec::new() });
                self.plain_by_name.insert(column, self.plain.len() - 1);
                self.plain.len() - 1
            }
        };
        let cells = &mut self.plain[index].cells;
        if cells.len() <= slot {
            cells.resize(slot + 1, Cell::Missing);
        }
        cells[slot] = cell;
        Some(ColumnValues::Plain(index))
    }

    /// Sets the statistics of a metric in a row; returns their position.
    pub fn set_metric(&mut self, slot: usize, key: &str, aggregates: Aggregate) -> ColumnValues {
        let index = match self.metric_by_key.get(key) {
            Some(index) => *index,
            None => {
                self.metrics.push(MetricColumn { key: key.to_owned(), aggregates: Vec::new() });
                self.metric_by_key.insert(key.to_owned(), self.metrics.len() - 1);
                self.metrics.len() - 1
            }
        };
        let column = &mut self.metrics[index].aggregates;
        if column.len() <= slot {
            column.resize(slot + 1, None);
        }
        column[slot] = Some(Box::new(aggregates));
        ColumnValues::Metric(index)
    }

    /// Clears a row.
    pub fn clear(&mut self, slot: usize) {
        for plain in &mut self.plain {
            if let Some(cell) = plain.cells.get_mut(slot) {
                *cell = Cell::Missing;
            }
        }
        for metric in &mut self.metrics {
            if let Some(aggregates) = metric.aggregates.get_mut(slot) {
                *aggregates = None;
            }
        }
    }

    /// The position of a column; `None` if no row has a value in it.
    #[must_use]
    pub fn find(&self, column: &Column) -> Option<ColumnPosition> {
        match column {
            Column::Metric { key, statistic } => {
                self.metric_by_key.get(key).map(|index| ColumnPosition::Metric(*index, *statistic))
            }
            plain => self.plain_by_name.get(plain).map(|index| ColumnPosition::Plain(*index)),
        }
    }

    /// The value in a row.
    pub fn cell(&self, index: ColumnPosition, slot: usize) -> Cow<'_, Cell> {
        match index {
            ColumnPosition::Plain(index) => {
                let cells = self.plain.get(index).map(|plain| &plain.cells);
                Cow::Borrowed(cells.and_then(|cells| cells.get(slot)).unwrap_or(&MISSING))
            }
            ColumnPosition::Metric(index, statistic) => {
                let Some(metric) = self.metrics.get(index) else {
                    return Cow::Borrowed(&MISSING);
                };
                let aggregates = metric.aggregates.get(slot).and_then(Option::as_deref);
                Cow::Owned(Cell::number(aggregates.and_then(|of| of.get(statistic, &metric.key))))
            }
        }
    }

    /// The statistics of a metric in a row.
    #[must_use]
    pub fn aggregate(&self, index: usize, slot: usize) -> Option<&Aggregate> {
        self.metrics.get(index)?.aggregates.get(slot)?.as_deref()
    }

    /// The column at a position.
    #[must_use]
    pub fn column(&self, index: ColumnPosition) -> Option<Column> {
        match index {
            ColumnPosition::Plain(index) => self.plain.get(index).map(|plain| plain.column.clone()),
            ColumnPosition::Metric(index, statistic) => self
                .metrics
                .get(index)
                .map(|metric| Column::Metric { key: metric.key.clone(), statistic }),
        }
    }

    /// All columns in display order: fixed, parameters, records, metrics. `statistics` are the
    /// statistics shown of each metric.
    #[must_use]
    pub fn all(&self, statistics: &[Statistic]) -> Vec<ColumnPosition> {
        let fixed = Fixed::ALL.iter().filter_map(|fixed| self.find(&Column::Fixed(*fixed)));
        let mut positions: Vec<ColumnPosition> = fixed.collect();
        let of_kind = |wanted: fn(&Column) -> bool| {
            let plain = self.plain.iter().enumerate();
            plain
                .filter(move |(_, plain)| wanted(&plain.column))
                .map(|(at, _)| ColumnPosition::Plain(at))
        };
        positions.extend(of_kind(|column| matches!(column, Column::Param(_))));
        positions.extend(of_kind(|column| matches!(column, Column::Record(_))));
        for (key, index) in &self.metric_by_key {
            let is_own = !key.starts_with("sys/") && !key.starts_with("time/");
            if is_own || statistics.len() == Statistic::ALL.len() {
                positions.extend(
                    statistics.iter().map(|statistic| ColumnPosition::Metric(*index, *statistic)),
                );
            }
        }
        positions
    }

    /// Names of parameters, records and metrics, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let plain = self.plain.iter().filter_map(|plain| match &plain.column {
            Column::Param(name) | Column::Record(name) => Some(name.as_str()),
            Column::Fixed(_) | Column::Metric { .. } => None,
        });
        plain.chain(self.metric_by_key.keys().map(String::as_str))
    }

    /// The parameter whose path ends with this name.
    pub fn param_ending(&self, name: &str) -> Option<ColumnPosition> {
        let matches_name = |plain: &PlainColumn| match &plain.column {
            Column::Param(path) => path.rsplit('.').next() == Some(name),
            _ => false,
        };
        self.plain.iter().position(matches_name).map(ColumnPosition::Plain)
    }
}

/// The kind of a column that is known without its values.
#[must_use]
pub fn fixed_kind(column: &Column) -> Option<ColumnKind> {
    match column {
        Column::Fixed(fixed) => Some(fixed.kind()),
        Column::Metric { .. } => Some(ColumnKind::Number),
        Column::Param(_) | Column::Record(_) => None,
    }
}
