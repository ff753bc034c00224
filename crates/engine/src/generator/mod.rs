//! Turning forms, YAML and scripts into tasks.

mod create;
mod extend;
mod fingerprints;
mod input;
mod names;
mod preview;
mod progress;

pub(crate) use create::recreate;
