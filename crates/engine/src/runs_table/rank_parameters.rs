//! Ranks the parameters of runs by their influence on one column.

use common::runs::{Cell, Column, RankParametersRequest, RunsPage, column_label};
use common::stats::{ImportanceTable, Observation, importance};

use crate::engine::{Engine, WorkspaceSelector};
use store::Result;

impl Engine {
    /// Ranks the parameters among the columns of a query by their influence on one of the other columns. Takes a
    /// while for many runs. The result is empty if the target is not among the columns.
    ///
    /// # Errors
    /// As [`Engine::runs`].
    pub fn rank_parameters(
        &self,
        selector: &WorkspaceSelector,
        request: &RankParametersRequest,
    ) -> Result<ImportanceTable> {
        let page = self.runs(selector, &request.query)?;
        Ok(rank_page(&page, &request.target))
    }
}

/// Takes parameters and target out of the rows and ranks them.
fn rank_page(page: &RunsPage, target: &str) -> ImportanceTable {
    let is_parameter = |name: &str| matches!(Column::parse(name), Some(Column::Param(_)));
    let indices: Vec<usize> =
        (0..page.columns.len()).filter(|at| is_parameter(&page.columns[*at].name)).collect();
    let names: Vec<String> =
        indices.iter().map(|at| column_label(&page.columns[*at].name)).collect();
    let Some(target) = page.columns.iter().position(|info| info.name == target) else {
        return ImportanceTable::default();
    };
    let value = |cell: &Cell| serde_json::to_value(cell).unwrap_or_default();
    let runs: Vec<Observation> = page
        .rows
        .iter()
        .map(|row| Observation {
            parameters: indices.iter().filter_map(|at| row.cells.get(*at)).map(value).collect(),
            target: row.cells.get(target).and_then(Cell::as_number).unwrap_or(f64::NAN),
        })
        .collect();
    importance(&names, &runs)
}
