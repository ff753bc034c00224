//! Curves of many runs in one request.

use serde::{Deserialize, Serialize};

use super::{Aggregate, RunRef, XAxis, float};

/// `POST /api/metrics/series`: the curves, the x axis and the resolution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct SeriesRequest {
    /// The runs; if empty, those that match `filter`.
    pub runs: Vec<RunRef>,
    /// A query as the runs table takes it; counts only without `runs`. Empty for the newest run of every task.
    pub filter: String,
    /// The keys; one that ends with `*` means all that begin so. Empty for all but `sys/` and `time/`.
    pub keys: Vec<String>,
    /// The x axis.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub x: XAxis,
    /// The most points of one curve, 2 to 20,000; four a pixel column draw the same as all.
    pub max_points: u32,
    /// Only points with an x from here,
    pub from: Option<f64>,
    /// to here; one point beyond each end is included, so that the line continues to the edge.
    pub to: Option<f64>,
    /// Weight of the moving average, 0 to below 1; 0 for none. Computed from all points before downsampling.
    pub smoothing: f64,
}

impl Default for SeriesRequest {
    fn default() -> Self {
        Self {
            runs: Vec::new(),
            filter: String::new(),
            keys: Vec::new(),
            x: XAxis::Step,
            max_points: 1000,
            from: None,
            to: None,
            smoothing: 0.0,
        }
    }
}

/// The response, as JSON or [binary](super::encode).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct SeriesAnswer {
    /// By key, then in the order of the asked runs.
    pub series: Vec<RunSeries>,
    /// All runs of the response, in order; also those without a curve.
    pub runs: Vec<RunCursor>,
    /// Runs that were asked for and are not there.
    pub missing: Vec<RunRef>,
    /// Why runs or keys were omitted, if so: the size of the response is limited.
    pub limited: Option<String>,
}

/// One curve of one run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct RunSeries {
    /// The task.
    pub task: String,
    /// The run, from 1.
    pub run: u32,
    /// The key given to `track()`.
    pub key: String,
    /// Statistics of all its points, regardless of the requested range.
    pub aggregate: Aggregate,
    /// Increasing.
    #[serde(with = "float")]
    pub x: Vec<f64>,
    /// As long as `x`. NaN and infinities are themselves here, and texts in JSON.
    #[serde(with = "float")]
    pub y: Vec<f64>,
    /// The moving average at each `x`; empty if not requested.
    #[serde(with = "float", skip_serializing_if = "Vec::is_empty")]
    pub smooth: Vec<f64>,
}

/// How far a run was read.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct RunCursor {
    /// The task.
    pub task: String,
    /// The run, from 1.
    pub run: u32,
    /// Bytes of its journal: see [`MetricsDelta`](super::MetricsDelta).
    pub cursor: u64,
    /// Its start, seconds since 1970; 0 if unknown.
    pub start_s: f64,
    /// All its keys, sorted.
    pub keys: Vec<String>,
}
