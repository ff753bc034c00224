//! The columns of the table, and the values in them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use common::metric::{Aggregate, Pick};
use common::runs::{Cell, Column, ColumnKind, Fixed};

static MISSING: Cell = Cell::Missing;

/// Where a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Among the plain ones.
    Plain(usize),
    /// A figure of a metric.
    Metric(usize, Pick),
}

/// What a column's values are read from: one for all figures of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Values {
    /// Of a plain column.
    Plain(usize),
    /// Of a metric.
    Metric(usize),
}

impl Place {
    /// What the values here are read from.
    #[must_use]
    pub fn values(self) -> Values {
        match self {
            Self::Plain(place) => Values::Plain(place),
            Self::Metric(place, _) => Values::Metric(place),
        }
    }
}

/// Values by row, column by column.
#[derive(Debug, Default)]
pub struct Columns {
    plain: Vec<Plain>,
    plain_by_name: HashMap<Column, usize>,
    metrics: Vec<Metric>,
    metric_by_key: BTreeMap<String, usize>,
}

#[derive(Debug)]
struct Plain {
    column: Column,
    cells: Vec<Cell>,
}

#[derive(Debug)]
struct Metric {
    key: String,
    figures: Vec<Option<Box<Aggregate>>>,
}

impl Columns {
    /// Puts a value into a row; answers where, if there is such a column.
    pub fn set(&mut self, slot: usize, column: Column, cell: Cell) -> Option<Values> {
        let place = match self.plain_by_name.get(&column) {
            Some(place) => *place,
            // A column begins with its first value.
            None if cell.is_missing() => return None,
            None => {
                self.plain.push(Plain { column: column.clone(), cells: Vec::new() });
                self.plain_by_name.insert(column, self.plain.len() - 1);
                self.plain.len() - 1
            }
        };
        let cells = &mut self.plain[place].cells;
        if cells.len() <= slot {
            cells.resize(slot + 1, Cell::Missing);
        }
        cells[slot] = cell;
        Some(Values::Plain(place))
    }

    /// Puts the figures of a metric into a row; answers where.
    pub fn set_metric(&mut self, slot: usize, key: &str, figures: Aggregate) -> Values {
        let place = match self.metric_by_key.get(key) {
            Some(place) => *place,
            None => {
                self.metrics.push(Metric { key: key.to_owned(), figures: Vec::new() });
                self.metric_by_key.insert(key.to_owned(), self.metrics.len() - 1);
                self.metrics.len() - 1
            }
        };
        let column = &mut self.metrics[place].figures;
        if column.len() <= slot {
            column.resize(slot + 1, None);
        }
        column[slot] = Some(Box::new(figures));
        Values::Metric(place)
    }

    /// Empties a row.
    pub fn clear(&mut self, slot: usize) {
        for plain in &mut self.plain {
            if let Some(cell) = plain.cells.get_mut(slot) {
                *cell = Cell::Missing;
            }
        }
        for metric in &mut self.metrics {
            if let Some(figures) = metric.figures.get_mut(slot) {
                *figures = None;
            }
        }
    }

    /// Where a column is; nothing where no row has a value in it.
    #[must_use]
    pub fn find(&self, column: &Column) -> Option<Place> {
        match column {
            Column::Metric { key, pick } => {
                self.metric_by_key.get(key).map(|place| Place::Metric(*place, *pick))
            }
            plain => self.plain_by_name.get(plain).map(|place| Place::Plain(*place)),
        }
    }

    /// The value of a row.
    pub fn cell(&self, place: Place, slot: usize) -> Cow<'_, Cell> {
        match place {
            Place::Plain(place) => {
                let cells = self.plain.get(place).map(|plain| &plain.cells);
                Cow::Borrowed(cells.and_then(|cells| cells.get(slot)).unwrap_or(&MISSING))
            }
            Place::Metric(place, pick) => {
                let Some(metric) = self.metrics.get(place) else {
                    return Cow::Borrowed(&MISSING);
                };
                let figures = metric.figures.get(slot).and_then(Option::as_deref);
                Cow::Owned(Cell::number(figures.and_then(|of| of.get(pick, &metric.key))))
            }
        }
    }

    /// The figures of a metric in a row.
    #[must_use]
    pub fn figures(&self, place: usize, slot: usize) -> Option<&Aggregate> {
        self.metrics.get(place)?.figures.get(slot)?.as_deref()
    }

    /// What is in a column.
    #[must_use]
    pub fn column(&self, place: Place) -> Option<Column> {
        match place {
            Place::Plain(place) => self.plain.get(place).map(|plain| plain.column.clone()),
            Place::Metric(place, pick) => self
                .metrics
                .get(place)
                .map(|metric| Column::Metric { key: metric.key.clone(), pick }),
        }
    }

    /// All columns in the order in which they are offered: fixed, parameters, records, metrics. `picks` are the
    /// figures of each metric.
    #[must_use]
    pub fn all(&self, picks: &[Pick]) -> Vec<Place> {
        let fixed = Fixed::ALL.iter().filter_map(|fixed| self.find(&Column::Fixed(*fixed)));
        let mut places: Vec<Place> = fixed.collect();
        let of_kind = |wanted: fn(&Column) -> bool| {
            let plain = self.plain.iter().enumerate();
            plain.filter(move |(_, plain)| wanted(&plain.column)).map(|(at, _)| Place::Plain(at))
        };
        places.extend(of_kind(|column| matches!(column, Column::Param(_))));
        places.extend(of_kind(|column| matches!(column, Column::Record(_))));
        for (key, place) in &self.metric_by_key {
            let is_own = !key.starts_with("sys/") && !key.starts_with("time/");
            if is_own || picks.len() == Pick::ALL.len() {
                places.extend(picks.iter().map(|pick| Place::Metric(*place, *pick)));
            }
        }
        places
    }

    /// Names by which parameters, records and metrics are known, for finding what was meant.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let plain = self.plain.iter().filter_map(|plain| match &plain.column {
            Column::Param(name) | Column::Record(name) => Some(name.as_str()),
            Column::Fixed(_) | Column::Metric { .. } => None,
        });
        plain.chain(self.metric_by_key.keys().map(String::as_str))
    }

    /// Parameters whose path ends with this name.
    pub fn param_ending(&self, name: &str) -> Option<Place> {
        let is_it = |plain: &Plain| match &plain.column {
            Column::Param(path) => path.rsplit('.').next() == Some(name),
            _ => false,
        };
        self.plain.iter().position(is_it).map(Place::Plain)
    }
}

/// What is known of a column's values without looking at them.
#[must_use]
pub fn fixed_kind(column: &Column) -> Option<ColumnKind> {
    match column {
        Column::Fixed(fixed) => Some(fixed.kind()),
        Column::Metric { .. } => Some(ColumnKind::Number),
        Column::Param(_) | Column::Record(_) => None,
    }
}
