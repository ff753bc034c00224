//! The table's query as parameters of a URL.

use common::runs::{RunsQuery, WhichRuns};
use serde::Deserialize;
use utoipa::ToSchema;

/// Lists are separated by commas; a column with a comma in its name can be asked for with `POST` only.
#[derive(Deserialize, Default, ToSchema)]
#[serde(default)]
pub(crate) struct RunsParams {
    /// Which rows, in the query language.
    filter: String,
    /// `newest` or `all`.
    #[schema(value_type = String)]
    runs: WhichRuns,
    /// Columns by name; empty for all that hold something.
    columns: String,
    /// Sorted by these columns, with a leading `-` for descending.
    sort: String,
    /// Grouped by these columns.
    group: String,
    /// How many rows or groups to skip.
    offset: u64,
    /// How many to answer; 0 or less for all.
    pub(super) limit: Option<i64>,
    /// Of an export: `csv` (if absent), `json` or `parquet`.
    pub(super) format: Option<String>,
}

impl From<RunsParams> for RunsQuery {
    fn from(params: RunsParams) -> Self {
        let list = |text: &str| -> Vec<String> {
            let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
            names.map(str::to_owned).collect()
        };
        let default = Self::default();
        Self {
            filter: params.filter,
            runs: params.runs,
            columns: list(&params.columns),
            sort: list(&params.sort).into_iter().map(Into::into).collect(),
            group: list(&params.group),
            offset: params.offset,
            limit: params.limit.unwrap_or(default.limit),
            ..default
        }
    }
}
