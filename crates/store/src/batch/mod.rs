//! Batches: the record of how a batch was made, and the staging folder in which its tasks are created.

mod record;
mod staging;

pub use record::{BatchRecord, ExtensionRecord, parse};
pub use staging::{Staging, recover};
