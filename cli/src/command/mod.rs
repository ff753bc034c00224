//! The commands of the command line, one module each.

mod browser;
mod cli;
mod demo;
mod disk;
mod failure;
mod list;
mod list_text;
mod open;
mod output;
mod project_args;
mod runtime;
mod snapshot;
mod supervise;
mod token;
mod ui;

pub(crate) use cli::{Cli, dispatch, with_default_command};
