//! The generator: creates tasks from forms, YAML and scripts.

mod create;
mod extend;
mod fingerprints;
mod input;
mod names;
mod preview;
mod progress;

pub(crate) use create::recreate;
