//! `pyr completions`: prints the completions of a shell.

use std::io::Write as _;

use clap::{Args, Command};
use clap_complete::Shell;

use super::failure::Failure;

/// `pyr completions`
#[derive(Debug, Args)]
#[command(
    after_help = "pyr completions bash > ~/.local/share/bash-completion/completions/pyr\npyr completions fish > ~/.config/fish/completions/pyr.fish"
)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    shell: Shell,
}

/// Prints the script that a shell reads to complete verbs and options.
///
/// # Errors
/// If standard output cannot be written.
pub(crate) fn completions(arguments: &CompletionsArgs, mut pyr: Command) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut pyr, "pyr", &mut script);
    match std::io::stdout().lock().write_all(&script) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}
