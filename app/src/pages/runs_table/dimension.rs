//! Columns of runs as numbers or categories, for plots.

use common::runs::{Cell, Column, ColumnInfo, RunsPage, cell_text, column_label};

/// A column that can be used as an axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dimension {
    /// The column name.
    pub(crate) name: String,
    /// The display label.
    pub(crate) label: String,
    /// The value of each run, in the order of the rows.
    pub(crate) cells: Vec<Cell>,
    /// The scale of the axis.
    pub(crate) scale: Scale,
    /// Whether it is a parameter; otherwise a result.
    pub(crate) is_parameter: bool,
}

/// The scale of an axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scale {
    /// A numeric scale.
    Numbers {
        /// The minimum.
        min: f64,
        /// The maximum.
        max: f64,
        /// Whether the scale is logarithmic.
        log: bool,
    },
    /// Categories, in this order.
    Words(Vec<String>),
}

impl Scale {
    /// The position of a value, 0 to 1.
    pub(crate) fn position(&self, cell: &Cell, kind: common::runs::ColumnKind) -> Option<f64> {
        match self {
            Self::Numbers { min, max, log } => {
                let value = cell.as_number().filter(|value| value.is_finite())?;
                let put = |value: f64| if *log { value.max(f64::MIN_POSITIVE).ln() } else { value };
                let (value, min, max) = (put(value), put(*min), put(*max));
                Some(if max > min { ((value - min) / (max - min)).clamp(0.0, 1.0) } else { 0.5 })
            }
            Self::Words(words) => {
                let word = cell_text(cell, kind);
                let at = words.iter().position(|known| *known == word)?;
                #[expect(clippy::cast_precision_loss, reason = "a few words")]
                Some((at as f64 + 0.5) / words.len() as f64)
            }
        }
    }
}

impl Dimension {
    fn new(page: &RunsPage, position: usize, info: &ColumnInfo) -> Self {
        let cells: Vec<Cell> = page
            .rows
            .iter()
            .map(|row| row.cells.get(position).cloned().unwrap_or_default())
            .collect();
        Self {
            name: info.name.clone(),
            label: column_label(&info.name),
            scale: scale(&cells, info),
            is_parameter: matches!(Column::parse(&info.name), Some(Column::Param(_))),
            cells,
        }
    }

    /// The position of each run on the axis.
    pub(crate) fn positions(&self) -> Vec<Option<f64>> {
        let kind = common::runs::ColumnKind::Number;
        self.cells.iter().map(|cell| self.scale.position(cell, kind)).collect()
    }

    /// Whether the scale is numeric.
    pub(crate) fn is_number(&self) -> bool {
        matches!(self.scale, Scale::Numbers { .. })
    }
}

fn scale(cells: &[Cell], info: &ColumnInfo) -> Scale {
    let numbers: Vec<f64> =
        cells.iter().filter_map(Cell::as_number).filter(|value| value.is_finite()).collect();
    let words = cells.iter().any(|cell| matches!(cell, Cell::Text(_) | Cell::Bool(_)));
    if words || numbers.is_empty() {
        let mut words: Vec<&Cell> = cells.iter().collect();
        words.sort_by(|a, b| a.compare(b));
        words.dedup();
        return Scale::Words(words.iter().map(|cell| cell_text(cell, info.kind)).collect());
    }
    let min = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let max = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // Parameters that span orders of magnitude get a logarithmic scale.
    Scale::Numbers { min, max, log: min > 0.0 && max / min >= 50.0 }
}

/// The columns that differ between the runs and can be plotted: parameters, then results.
pub(crate) fn dimensions(page: &RunsPage) -> Vec<Dimension> {
    let wanted = |info: &ColumnInfo| {
        let fits = match Column::parse(&info.name) {
            Some(Column::Param(_) | Column::Record(_)) => true,
            Some(Column::Metric { key, statistic }) => {
                statistic == common::metric::Statistic::Best && !key.starts_with("sys/")
            }
            Some(Column::Fixed(common::runs::Fixed::Duration)) => true,
            _ => false,
        };
        fits && info.differs()
    };
    let positions = page.columns.iter().enumerate().filter(|(_, info)| wanted(info));
    let mut found: Vec<Dimension> =
        positions.map(|(position, info)| Dimension::new(page, position, info)).collect();
    found.retain(|dimension| dimension.is_parameter || dimension.is_number());
    found.sort_by_key(|dimension| !dimension.is_parameter);
    found
}

/// The main result: the first with a goal, else the first.
pub(crate) fn main_result(page: &RunsPage, dimensions: &[Dimension]) -> Option<String> {
    let results = || dimensions.iter().filter(|it| !it.is_parameter && it.name != "duration");
    let has_goal =
        |name: &str| page.columns.iter().any(|info| info.name == name && info.best.is_some());
    let chosen = results().find(|it| has_goal(&it.name)).or_else(|| results().next());
    chosen.map(|it| it.name.clone())
}

#[cfg(test)]
mod tests {
    use common::runs::{ColumnKind, RunRow};

    use super::*;

    fn page() -> RunsPage {
        let info = |name: &str, kind, best| ColumnInfo {
            name: name.to_owned(),
            kind,
            distinct: 2,
            best,
            ..ColumnInfo::default()
        };
        let row = |lr: f64, word: &str, acc: f64| RunRow {
            cells: vec![
                Cell::text("x"),
                Cell::Number(lr),
                Cell::text(word),
                Cell::Number(acc),
                Cell::Number(acc),
            ],
            ..RunRow::default()
        };
        RunsPage {
            columns: vec![
                info("name", ColumnKind::Text, None),
                info("params.lr", ColumnKind::Number, None),
                info("params.optim", ColumnKind::Text, None),
                info("records.x", ColumnKind::Number, None),
                info("metrics.acc.best", ColumnKind::Number, Some(0.9)),
            ],
            rows: vec![row(1e-4, "sgd", 0.5), row(1e-1, "adam", 0.9), row(1e-2, "adam", 0.7)],
            ..RunsPage::default()
        }
    }

    #[test]
    fn varying_columns_have_an_axis() {
        let page = page();
        let found = dimensions(&page);
        let names: Vec<&str> = found.iter().map(|it| it.label.as_str()).collect();
        assert_eq!(names, ["lr", "optim", "x", "acc"]);
        assert!(matches!(found[0].scale, Scale::Numbers { log: true, .. }));
        assert_eq!(found[1].scale, Scale::Words(vec!["adam".into(), "sgd".into()]));
        assert_eq!(found[1].positions(), [Some(0.75), Some(0.25), Some(0.25)]);
        assert!((found[0].positions()[2].unwrap() - 2.0 / 3.0).abs() < 1e-9);
        assert_eq!(main_result(&page, &found).as_deref(), Some("metrics.acc.best"));
    }
}
