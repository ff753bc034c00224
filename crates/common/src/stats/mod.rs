//! Statistics of a table of runs: means over seeds, correlation, importance.

mod band;
mod forest;
mod importance;
mod rank;
mod spread;

pub use band::{Band, band};
pub use forest::{Forest, grow};
pub use importance::{Importance, ImportanceTable, Observation, importance};
pub use rank::spearman;
pub use spread::{Spread, spread};
