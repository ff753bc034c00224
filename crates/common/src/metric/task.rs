//! Curves reported with `track()`, ready to be drawn.

use serde::{Deserialize, Serialize};

/// The curves of one task, for each run and key; the response of `GET /api/tasks/{name}/metrics`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskMetrics {
    /// The task.
    pub task_name: String,
    /// A series per run and key, by key then run.
    pub series: Vec<Series>,
}

/// One curve.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Series {
    /// The run, from 1.
    pub run_index: u32,
    /// The key given to `track()`.
    pub key: String,
    /// Number of reported points; `x` may have fewer after downsampling.
    pub point_count: u64,
    /// Index of each point, from 0.
    pub x: Vec<f64>,
    /// Value of each point; null for NaN and infinities.
    pub y: Vec<Option<f64>>,
    /// The last value; null for NaN and infinities.
    pub last: Option<f64>,
    /// The smallest finite value.
    pub min: Option<f64>,
    /// The largest finite value.
    pub max: Option<f64>,
    /// How many values are NaN.
    #[serde(default)]
    pub nan_count: u64,
    /// How many are infinite.
    #[serde(default)]
    pub inf_count: u64,
}
