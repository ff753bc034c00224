//! What runs report: curves with their statistics, progress, images and files.

mod aggregate;
mod axis;
mod binary;
mod delta;
pub mod float;
mod main_metric;
mod output;
mod progress;
mod run;
mod series;
mod task;

pub use aggregate::{Aggregate, Goal, Statistic};
pub use axis::XAxis;
pub use binary::{BinaryError, decode, encode};
pub use delta::{Call, MetricsDelta};
pub use main_metric::main_metric;
pub use output::{Artifact, Image, ImageKey, RunOutputs};
pub use progress::RunProgress;
pub use run::RunRef;
pub use series::{RunCursor, RunSeries, SeriesAnswer, SeriesRequest};
pub use task::{Series, TaskMetrics};
