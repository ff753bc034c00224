//! TensorBoard event files that scripts write in their task folders.

mod statistics;

pub(crate) use statistics::{EventFileStatistics, ScanScope};
