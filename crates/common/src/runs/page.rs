//! A page of the table.

use serde::{Deserialize, Serialize};

use super::{Cell, ColumnKind};
use crate::TaskStatus;
use crate::metric::{Goal, RunRef};

/// The response of `/api/runs`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct RunsPage {
    /// The columns, in the order of the cells.
    pub columns: Vec<ColumnInfo>,
    /// The rows of this page; empty with `group`.
    pub rows: Vec<RunRow>,
    /// The groups of this page.
    pub groups: Vec<GroupRow>,
    /// How many rows match, in groups or not.
    pub total: u64,
    /// How many groups there are.
    pub group_total: u64,
    /// How many were skipped.
    pub offset: u64,
    /// Whether more follow.
    pub has_more: bool,
}

/// A column, with statistics of its values in all matching rows.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ColumnInfo {
    /// Its full name: see [`Column`](super::Column).
    pub name: String,
    /// The kind of its values.
    pub kind: ColumnKind,
    /// In how many rows it has a value.
    pub count: u64,
    /// Number of distinct values, counted up to [`ColumnInfo::DISTINCT`]; a missing value counts as one. A column
    /// with 1 is constant.
    pub distinct: u32,
    /// The smallest finite number.
    pub min: Option<f64>,
    /// The largest.
    pub max: Option<f64>,
    /// Whether a smaller or a larger value is better.
    pub goal: Option<Goal>,
    /// The best value, if the column has a goal.
    pub best: Option<f64>,
    /// In how many rows it is NaN or infinite.
    #[serde(skip_serializing_if = "is_zero")]
    pub non_finite: u64,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for it; a pointer is smaller on wasm32"
)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl ColumnInfo {
    /// For a column with the last values of a metric: whether the column of its best values, among
    /// `others`, hides that some runs ended in NaN or an infinity.
    #[must_use]
    pub fn differs_from_best(&self, others: &[Self]) -> bool {
        let Some(metric) = self.name.strip_suffix(".last").filter(|_| self.non_finite > 0) else {
            return false;
        };
        let is_best = |other: &&Self| other.name.strip_suffix(".best") == Some(metric);
        metric.starts_with("metrics.")
            && others.iter().find(is_best).is_some_and(|best| best.non_finite == 0)
    }

    /// Upper limit for counting distinct values.
    pub const DISTINCT: u32 = 100;

    /// Whether its values differ between rows.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.distinct > 1
    }
}

/// A run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct RunRow {
    /// The task, or `@<import>/<run>`.
    pub task: String,
    /// The run, from 1; 0 for a task that never ran.
    pub run: u32,
    /// Its status.
    pub status: TaskStatus,
    /// A value a column.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<serde_json::Value>))]
    pub cells: Vec<Cell>,
}

/// Runs with the same values in the columns that are grouped by.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct GroupRow {
    /// Those values, in the order of `group`.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<serde_json::Value>))]
    pub key: Vec<Cell>,
    /// Its runs, in the order of the rows.
    pub runs: Vec<RunRef>,
    /// A value a column.
    pub cells: Vec<GroupCell>,
}

/// Statistics of a column over the runs of a group.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct GroupCell {
    /// The value, if it is the same for all.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<serde_json::Value>))]
    pub value: Option<Cell>,
    /// How many finite numbers there are.
    pub count: u64,
    /// Their mean.
    pub mean: Option<f64>,
    /// Their standard deviation, of a sample (n - 1); nothing for fewer than two.
    pub std: Option<f64>,
    /// The smallest.
    pub min: Option<f64>,
    /// The largest.
    pub max: Option<f64>,
}
