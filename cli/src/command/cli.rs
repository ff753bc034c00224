//! The command line arguments, and the dispatch to commands.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use super::project_args::ProjectArgs;
use super::snapshot::{SnapshotArgs, snapshot};
use super::{demo, disk, list, supervise, token, ui};

/// Local-first experiment run manager: forms, grids, queue, logs and curves for your script.
#[derive(Debug, Parser)]
#[command(name = "pyr", version, about, disable_help_subcommand = true)]
#[command(override_usage = "pyr [OPTIONS] [TARGET] [CONFIG]\n       pyr <COMMAND>")]
#[command(after_help = "The default command is `ui`: `pyr -p 8333 train.py` is short for \
    `pyr ui -p 8333 train.py`.\nSee `pyr ui --help` for its options.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open a script, the shell workspace or a workspace folder in the browser.
    Ui(ui::UiArgs),
    /// Print or export the runs table, filtered, sorted and grouped.
    List(list::ListArgs),
    /// Print the project's access token, which other users and machines need.
    Token(ProjectArgs),
    /// Print the free space of the project's disk and the project's disk usage.
    Disk(ProjectArgs),
    /// Run the bundled grid of an example and show the results.
    #[command(hide = true)]
    Demo(demo::DemoArgs),
    /// Execute one queued task (started by the server).
    #[command(hide = true)]
    Supervise {
        /// The task's folder.
        task_dir: PathBuf,
        /// Indexes of the GPUs that the run may use.
        #[arg(long, value_delimiter = ',')]
        gpus: Vec<u32>,
    },
    /// Take a provenance snapshot of a git repository or a Python environment (started by `supervise`).
    #[command(hide = true)]
    Snapshot(SnapshotArgs),
}

/// Inserts `ui` if the first argument is neither a command nor an option of `pyr` itself, so that `pyr` accepts the
/// arguments of `pyr ui`.
pub(crate) fn with_default_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let command = Cli::command();
    let is_command =
        |text: &str| command.get_subcommands().any(|command| command.get_name() == text);
    let own_options = ["-h", "--help", "-V", "--version"];
    let is_of_ui = |argument: &OsStr| {
        let text = argument.to_string_lossy();
        !is_command(&text) && !own_options.contains(&text.as_ref())
    };
    if arguments.get(1).is_some_and(|first| is_of_ui(first)) {
        arguments.insert(1, OsString::from("ui"));
    }
    arguments
}

/// Runs the command. Prints its error.
pub(crate) fn dispatch(cli: Cli) -> ExitCode {
    let result = match cli.command {
        None => ui::ui(&ui::UiArgs::default()),
        Some(Command::Ui(arguments)) => ui::ui(&arguments),
        Some(Command::List(arguments)) => list::list(&arguments),
        Some(Command::Token(arguments)) => token::token(&arguments),
        Some(Command::Disk(arguments)) => disk::disk(&arguments),
        Some(Command::Demo(arguments)) => demo::demo(&arguments),
        Some(Command::Supervise { task_dir, gpus }) => supervise::supervise(&task_dir, &gpus),
        Some(Command::Snapshot(args)) => snapshot(args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "the one place where an error is printed")]
            {
                eprintln!("pyr: {error}");
            }
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command_of(arguments: &[&str]) -> Option<Command> {
        let arguments = arguments.iter().map(OsString::from).collect();
        Cli::parse_from(with_default_command(arguments)).command
    }

    #[test]
    fn a_script_without_a_command_runs_ui() {
        for arguments in [&["pyr", "train.py"][..], &["pyr", "ui", "train.py"]] {
            let Some(Command::Ui(ui)) = command_of(arguments) else { panic!("{arguments:?}") };
            assert_eq!(ui.target.as_deref(), Some(OsStr::new("train.py")));
        }
    }

    #[test]
    fn pyr_alone_takes_the_options_of_ui() {
        for (arguments, port, target) in [
            (&["pyr", "-p", "8333"][..], Some(8333), None),
            (&["pyr", "-p8333", "train.py"], Some(8333), Some("train.py")),
            (&["pyr", "--port=8333", "train.py"], Some(8333), Some("train.py")),
            (&["pyr", "train.py", "-p", "8333"], Some(8333), Some("train.py")),
            (&["pyr", "--no-browser", "shell"], None, Some("shell")),
            // A target with the name of a command must come after an option or after `ui`.
            (&["pyr", "-p", "8333", "list"], Some(8333), Some("list")),
            (&["pyr", "ui", "list"], None, Some("list")),
        ] {
            let Some(Command::Ui(ui)) = command_of(arguments) else { panic!("{arguments:?}") };
            assert_eq!((ui.port, ui.target.as_deref()), (port, target.map(OsStr::new)));
        }
    }

    #[test]
    fn help_version_and_commands_are_unchanged() {
        let command = Cli::command();
        let verbs = command.get_subcommands().map(clap::Command::get_name);
        for first in ["-h", "--help", "-V", "--version"].into_iter().chain(verbs) {
            let arguments: Vec<OsString> = vec!["pyr".into(), first.into()];
            assert_eq!(with_default_command(arguments.clone()), arguments);
        }
        let wrong = with_default_command(vec!["pyr".into(), "-p".into(), "high".into()]);
        let error = Cli::try_parse_from(wrong).unwrap_err();
        assert_eq!(error.kind(), clap::error::ErrorKind::ValueValidation);
        let unknown = with_default_command(vec!["pyr".into(), "--frobnicate".into()]);
        let error = Cli::try_parse_from(unknown).unwrap_err();
        assert_eq!(error.kind(), clap::error::ErrorKind::UnknownArgument);
    }

    #[test]
    fn both_readmes_have_every_visible_command() {
        let readmes = [
            ("README.md", include_str!("../../../README.md")),
            ("README.zh-CN.md", include_str!("../../../README.zh-CN.md")),
        ];
        for command in Cli::command().get_subcommands().filter(|command| !command.is_hide_set()) {
            let row = format!("| `pyr {}", command.get_name());
            for (name, readme) in readmes {
                assert!(readme.contains(&row), "{name} has no row {row}");
            }
        }
    }

    #[test]
    fn options_and_no_arguments_are_unchanged() {
        assert!(command_of(&["pyr"]).is_none());
        let Some(Command::Ui(ui)) = command_of(&["pyr", "a b.py", "c.yaml", "-p", "8123"]) else {
            panic!("not ui")
        };
        assert_eq!((ui.port, ui.config), (Some(8123), Some("c.yaml".into())));
    }
}
