//! `pyr`: the command line of Pyruns.

#![forbid(unsafe_code)]

mod command;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    // `pyr -p 8333 train.py` is short for `pyr ui -p 8333 train.py`.
    let arguments = command::with_default_command(std::env::args_os().collect());
    command::dispatch(command::Cli::parse_from(arguments))
}
