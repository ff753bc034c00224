//! Turning forms, YAML and scripts into tasks.

mod batch;
mod commit;
mod create;
mod extend;
mod fingerprints;
mod input;
mod names;
mod preview;
mod progress;

pub(crate) use batch::BatchRecord;
pub(crate) use commit::{Staging, recover};
pub(crate) use create::recreate;
