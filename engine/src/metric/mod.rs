//! What runs report: the journal while they go, the folded form afterwards.
//!
//! A journal is read by [`tail`] in pieces, by [`line`] line by line, into [`run_data`]: figures and an
//! overview of each key in bounded memory, and all points in [`columns`] where there are not too many. The
//! [`store`] holds the runs that were asked for last. [`curve`] makes of them what is drawn, and [`stream`]
//! of those that are too long to be held. At the end of a run [`fold`] writes what stays.

mod columns;
mod curve;
mod delta;
mod export;
mod fold;
mod line;
mod outputs;
mod overview;
mod run_data;
mod series;
mod sidecar;
mod source;
mod store;
mod stream;
mod tail;

use common::metric::float;
use serde_json::Value;

pub(crate) use delta::{News, Tails};
pub use export::{ExportFormat, RunExport};
pub(crate) use fold::{Folded, fold_at_end, fold_so_far};
pub(crate) use run_data::RunData;
pub(crate) use source::{of as source_of_run, spans_of};
pub(crate) use store::{MetricStore, Need, RunSource, values_of};

/// The number that a value of a track is; what is none is NaN.
pub(crate) fn number_of(value: &Value) -> f64 {
    float::from_json(value).unwrap_or(f64::NAN)
}

/// A number as our files write it.
fn float_value(number: f64) -> Value {
    float::to_json(number)
}
