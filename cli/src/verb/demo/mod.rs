//! `pyr demo DIR`: the main job on a bundled example, from the script to a finished grid.

mod grid;
mod progress;
mod table;
mod verb;

pub(crate) use verb::{DemoArgs, demo};
