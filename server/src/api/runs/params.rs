//! The table's query as parameters of a URL.

use common::runs::{RunsQuery, WhichRuns};
use serde::Deserialize;

/// Lists are separated by commas; a column with a comma in its name can be asked for with `POST` only.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct RunsParams {
    filter: String,
    runs: WhichRuns,
    columns: String,
    sort: String,
    group: String,
    offset: u64,
    pub(super) limit: Option<i64>,
    /// Of an export.
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
