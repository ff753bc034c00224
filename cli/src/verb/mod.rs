//! The verbs of the command line, one file each.

mod cli;
mod demo;
mod supervise;
mod ui;

pub(crate) use cli::{Cli, dispatch, with_default_verb};
