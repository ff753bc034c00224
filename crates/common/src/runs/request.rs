//! Requests for a page of the table.

use serde::{Deserialize, Serialize};

use crate::metric::RunRef;

/// `POST /api/runs`, and `GET /api/runs?filter=&sort=-metrics.acc.max,name&columns=&group=&runs=`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct RunsQuery {
    /// Which rows, in the [query language](crate::query). Empty for all.
    pub filter: String,
    /// Which runs of each task.
    pub runs: WhichRuns,
    /// Only these, if not empty; `runs` is then ignored.
    pub only: Vec<RunRef>,
    /// Columns, by name; empty for all that have values. Short names are resolved as in queries.
    pub columns: Vec<String>,
    /// Sorted by these, the first before the second. Empty for the order of the list of tasks.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub sort: Vec<SortKey>,
    /// Group by these columns: groups instead of rows. Empty for none.
    pub group: Vec<String>,
    /// How many rows (or groups) to skip.
    pub offset: u64,
    /// Number to return; 0 or less for all.
    pub limit: i64,
}

impl Default for RunsQuery {
    fn default() -> Self {
        Self {
            filter: String::new(),
            runs: WhichRuns::Newest,
            only: Vec::new(),
            columns: Vec::new(),
            sort: Vec::new(),
            group: Vec::new(),
            offset: 0,
            limit: 100,
        }
    }
}

/// `POST /api/runs/rank-parameters`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RankParametersRequest {
    /// The rows and columns to use: each parameter among the columns is ranked. The default of `limit` is 100 rows.
    #[serde(default)]
    pub query: RunsQuery,
    /// Name of the column that the parameters may influence, as it is in the response to the query.
    pub target: String,
}

/// `GET /api/runs/columns?filter=&runs=`: all columns that have values in those rows.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ColumnList {
    /// In the order in which they are offered.
    pub items: Vec<super::ColumnInfo>,
    /// How many rows there are.
    pub total: u64,
}

/// Which runs of a task have a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WhichRuns {
    /// The newest one; a task that never ran has a row too.
    #[default]
    Newest,
    /// Every run.
    All,
}

/// A column to sort by; on the wire its name, with a leading `-` for descending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct SortKey {
    /// The column's name.
    pub column: String,
    /// Descending. Missing values come last in both directions.
    pub descending: bool,
}

impl From<String> for SortKey {
    fn from(text: String) -> Self {
        match text.strip_prefix('-') {
            Some(column) => Self { column: column.to_owned(), descending: true },
            None => Self { column: text, descending: false },
        }
    }
}

impl From<SortKey> for String {
    fn from(key: SortKey) -> Self {
        if key.descending { format!("-{}", key.column) } else { key.column }
    }
}
