//! Turning forms, YAML and scripts into tasks.

mod commit;
mod create;
mod input;
mod names;
mod preview;

pub(crate) use commit::{Staging, recover};
