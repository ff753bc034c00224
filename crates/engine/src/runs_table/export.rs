//! Exports the runs table as a file.

use common::csv::{self, CsvCell};
use common::runs::{Cell, GroupCell, RunsPage, RunsQuery};
use serde_json::{Map, Value};

use crate::engine::{Engine, WorkspaceSelector};
use metrics::table::typed;
use store::Result;

/// File format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// A row of column names, then one row per run or group.
    Csv,
    /// A list of objects, one per run or group, without missing values.
    Json,
    /// One Parquet column per column: numbers, booleans or strings, with nulls for missing values.
    Parquet,
}

impl TableFormat {
    /// Parses the name of a format.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }
}

impl Engine {
    /// The result of a query as a file. A group has the mean of each column, and in CSV and Parquet an additional
    /// column with the standard deviation.
    ///
    /// # Errors
    /// As [`Engine::runs`].
    pub fn export_runs(
        &self,
        selector: &WorkspaceSelector,
        query: &RunsQuery,
        format: TableFormat,
    ) -> Result<Vec<u8>> {
        let page = self.runs(selector, query)?;
        Ok(match format {
            TableFormat::Csv => table(&page, &query.group).into_bytes(),
            TableFormat::Json => json(&page, &query.group).into_bytes(),
            TableFormat::Parquet => typed::parquet(&page, &query.group),
        })
    }
}

fn table(page: &RunsPage, group: &[String]) -> String {
    let names = page.columns.iter().map(|column| column.name.as_str());
    if group.is_empty() {
        let mut text = line(["task", "run"].into_iter().chain(names).map(CsvCell::text));
        for row in &page.rows {
            let ids = [CsvCell::text(&row.task), CsvCell::number(row.run)];
            text.push_str(&line(ids.into_iter().chain(row.cells.iter().map(csv_cell))));
        }
        return text;
    }
    let pairs = names.flat_map(|name| [name.to_owned(), format!("{name} std")]);
    let header = group.iter().cloned().chain(["runs".to_owned()]).chain(pairs);
    let mut text = line(header.map(|name| CsvCell::text(&name)));
    let number = |number: Option<f64>| number.map_or_else(CsvCell::empty, CsvCell::number);
    for row in &page.groups {
        let cells = row.cells.iter().flat_map(|cell| {
            let value = cell.value.as_ref().map(csv_cell);
            [value.unwrap_or_else(|| number(cell.mean)), number(cell.std)]
        });
        let count = CsvCell::number(row.runs.len());
        text.push_str(&line(row.key.iter().map(csv_cell).chain([count]).chain(cells)));
    }
    text
}

fn line(cells: impl Iterator<Item = CsvCell>) -> String {
    csv::row(cells) + "\r\n"
}

fn csv_cell(cell: &Cell) -> CsvCell {
    match cell {
        Cell::Missing => CsvCell::empty(),
        Cell::Bool(_) | Cell::Number(_) => CsvCell::number(cell),
        Cell::Text(text) => CsvCell::text(text),
    }
}

fn json(page: &RunsPage, group: &[String]) -> String {
    let value = |cell: &_| serde_json::to_value(cell).unwrap_or_default();
    let mut items: Vec<Value> = Vec::new();
    for row in &page.rows {
        let mut item = Map::new();
        item.insert("task".to_owned(), row.task.clone().into());
        item.insert("run".to_owned(), row.run.into());
        let cells = page.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_missing());
        item.extend(cells.map(|(column, cell)| (column.name.clone(), value(cell))));
        items.push(Value::Object(item));
    }
    for row in &page.groups {
        let mut item = Map::new();
        item.extend(group.iter().cloned().zip(row.key.iter().map(value)));
        item.insert("runs".to_owned(), serde_json::to_value(&row.runs).unwrap_or_default());
        let of = |cell: &GroupCell| serde_json::to_value(cell).unwrap_or_default();
        let cells = page.columns.iter().zip(&row.cells);
        item.extend(cells.map(|(column, cell)| (column.name.clone(), of(cell))));
        items.push(Value::Object(item));
    }
    let mut text = serde_json::to_string_pretty(&items).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use common::runs::{ColumnInfo, GroupRow, RunRow};

    use super::*;

    #[test]
    fn texts_are_no_formulas_and_numbers_stay_numbers() {
        let cells = vec![Cell::text("=1+1"), Cell::Number(-1.5), Cell::Number(f64::NEG_INFINITY)];
        let column = |name: &str| ColumnInfo { name: name.to_owned(), ..ColumnInfo::default() };
        let mut page = RunsPage {
            columns: vec![column("notes"), column("params.lr"), column("=x")],
            rows: vec![RunRow { task: "@a".into(), run: 1, cells, ..RunRow::default() }],
            ..RunsPage::default()
        };
        let wanted = "task,run,notes,params.lr,'=x\r\n'@a,1,'=1+1,-1.5,-Infinity\r\n";
        assert_eq!(table(&page, &[]), wanted);
        page.rows.clear();
        page.columns.truncate(1);
        let mean = GroupCell { mean: Some(-2.0), std: Some(0.5), ..GroupCell::default() };
        let key = vec![Cell::text("-x")];
        page.groups = vec![GroupRow { key, cells: vec![mean], ..GroupRow::default() }];
        let wanted = "params.y,runs,notes,notes std\r\n'-x,0,-2,0.5\r\n";
        assert_eq!(table(&page, &["params.y".to_owned()]), wanted);
    }
}
