//! `pyr`: runs experiments, shows them, keeps them as files.

#![forbid(unsafe_code)]

mod verb;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    // `pyr -p 8333 train.py` is short for `pyr ui -p 8333 train.py`.
    let arguments = verb::with_default_verb(std::env::args_os().collect());
    verb::dispatch(verb::Cli::parse_from(arguments))
}
