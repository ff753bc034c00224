//! The table as a file.

use common::runs::{GroupCell, RunsPage, RunsQuery};
use serde_json::{Map, Value};

use super::typed;
use crate::Result;
use crate::csv::line;
use crate::engine::{Engine, Pick};

/// What the table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// A header with the columns' names, then a row a run or a group.
    Csv,
    /// A list with an object a run or a group; what is missing is left out.
    Json,
    /// A column of Parquet a column: numbers, truth values or texts, nothing where it is missing.
    Parquet,
}

impl TableFormat {
    /// Reads its name.
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
    /// What a query shows, as a file. A group has the mean of each column, and in CSV and Parquet its
    /// standard deviation in a column beside it.
    ///
    /// # Errors
    /// As [`Engine::runs`].
    pub fn export_runs(
        &self,
        pick: &Pick,
        query: &RunsQuery,
        format: TableFormat,
    ) -> Result<Vec<u8>> {
        let page = self.runs(pick, query)?;
        Ok(match format {
            TableFormat::Csv => csv(&page, &query.group).into_bytes(),
            TableFormat::Json => json(&page, &query.group).into_bytes(),
            TableFormat::Parquet => typed::parquet(&page, &query.group),
        })
    }
}

fn csv(page: &RunsPage, group: &[String]) -> String {
    let names = page.columns.iter().map(|column| column.name.clone());
    if group.is_empty() {
        let mut text = line(["task".to_owned(), "run".to_owned()].into_iter().chain(names));
        for row in &page.rows {
            let ids = [row.task.clone(), row.run.to_string()];
            let cells = row.cells.iter().map(ToString::to_string);
            text.push_str(&line(ids.into_iter().chain(cells)));
        }
        return text;
    }
    let pairs = names.flat_map(|name| [name.clone(), format!("{name} std")]);
    let head = group.iter().cloned().chain(["runs".to_owned()]).chain(pairs);
    let mut text = line(head);
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    for row in &page.groups {
        let key = row.key.iter().map(ToString::to_string);
        let cells = row.cells.iter().flat_map(|cell| {
            let value = cell.value.as_ref().map(ToString::to_string);
            [value.unwrap_or_else(|| number(cell.mean)), number(cell.std)]
        });
        text.push_str(&line(key.chain([row.runs.len().to_string()]).chain(cells)));
    }
    text
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
