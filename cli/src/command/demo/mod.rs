//! `pyr demo DIR`: runs the grid of a bundled example and prints its results.

mod grid;
mod progress;
mod run;
mod table;

pub(crate) use run::{DemoArgs, demo};
