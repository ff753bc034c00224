//! The command line as a type.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use super::snapshot::{SnapshotArgs, snapshot};
use super::{demo, disk, list, supervise, token, ui};

/// Local-first experiment run manager: forms, grids, queue, logs and curves for your script.
#[derive(Debug, Parser)]
#[command(name = "pyr", version, about, disable_help_subcommand = true)]
#[command(override_usage = "pyr [OPTIONS] [TARGET] [CONFIG]\n       pyr <COMMAND>")]
#[command(after_help = "Without a command, `ui` is meant: `pyr -p 8333 train.py` is short for \
    `pyr ui -p 8333 train.py`.\nSee `pyr ui --help` for its options.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Open a script, the shell workspace or a workspace folder in the browser.
    Ui(UiArgs),
    /// Print the table of runs: filtered, sorted, grouped; also as a file.
    List(ListArgs),
    /// Print the project's token, which programs of other users and machines need.
    Token(TokenArgs),
    /// Print how much room the project's disk has, and what of the project takes it.
    Disk(TokenArgs),
    /// Run the bundled grid of an example and show the results.
    #[command(hide = true)]
    Demo(DemoArgs),
    /// Execute one queued task (started by the server).
    #[command(hide = true)]
    Supervise {
        /// The task's folder.
        task_dir: PathBuf,
        /// The GPUs that its run may use.
        #[arg(long, value_delimiter = ',')]
        gpus: Vec<u32>,
    },
    /// Find out what a run's note needs a program for (started by `supervise`).
    #[command(hide = true)]
    Snapshot(SnapshotArgs),
}

/// `pyr ui`
#[derive(Debug, Default, Args)]
pub(crate) struct UiArgs {
    /// A script (`train.py`), the word `shell`, or a workspace folder; nothing shows the launcher.
    pub(crate) target: Option<OsString>,
    /// A YAML file to take the script's defaults from.
    pub(crate) config: Option<PathBuf>,
    /// Listen exactly here; without it the first free port from the setting `ui_port` on.
    #[arg(short, long)]
    pub(crate) port: Option<u16>,
    /// Do not open a browser.
    #[arg(long)]
    pub(crate) no_browser: bool,
    #[command(flatten)]
    pub(crate) door: DoorArgs,
}

/// Who may come in.
#[derive(Debug, Default, Args)]
pub(crate) struct DoorArgs {
    /// Listen on this address or name; for others than this machine everybody needs the token.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) host: Option<String>,
    /// Ask for the token even here, where your own programs come in without.
    #[arg(long)]
    pub(crate) require_token: bool,
    /// Another name under which the server is reached, such as a proxy's (may be repeated).
    #[arg(long = "allow-host", value_name = "NAME")]
    pub(crate) allowed_hosts: Vec<String>,
    /// Encrypt with this certificate (PEM).
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// The certificate's private key (PEM).
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,
}

/// `pyr list`
#[derive(Debug, Args)]
#[command(after_help = "pyr list train.py --filter 'lr < 0.01 and status = completed' --sort -acc")]
pub(crate) struct ListArgs {
    /// A script, the word `shell`, or a workspace folder; nothing means the only workspace here.
    pub(crate) target: Option<OsString>,
    /// Only these runs: `lr < 0.01 and metrics.acc.max > 0.9`.
    #[arg(short, long, value_name = "QUERY", default_value = "")]
    pub(crate) filter: String,
    /// Sort by these columns; a leading `-` puts the largest first.
    #[arg(short, long, value_name = "COLUMNS", value_delimiter = ',', allow_hyphen_values = true)]
    pub(crate) sort: Vec<String>,
    /// Group by these columns; the others show mean and standard deviation.
    #[arg(short, long, value_name = "COLUMNS", value_delimiter = ',')]
    pub(crate) group: Vec<String>,
    /// Exactly these columns; a file has all without it, the terminal those that differ.
    #[arg(short, long, value_name = "COLUMNS", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,
    /// Every run of each task, not only the newest.
    #[arg(short, long)]
    pub(crate) all: bool,
    /// At most so many rows.
    #[arg(short = 'n', long, value_name = "ROWS")]
    pub(crate) limit: Option<u32>,
    /// In which form.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ListFormat,
    /// Write it to this file instead of printing it.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// The forms of `pyr list`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum ListFormat {
    /// For the eye.
    #[default]
    Table,
    /// Comma-separated values.
    Csv,
    /// A list of objects.
    Json,
    /// A table of Markdown.
    Markdown,
    /// A `tabular` of LaTeX.
    Latex,
    /// A Parquet file.
    Parquet,
}

/// `pyr token`
#[derive(Debug, Args)]
pub(crate) struct TokenArgs {
    /// The project: what `pyr` was pointed at; nothing means the current folder.
    pub(crate) target: Option<OsString>,
}

/// `pyr demo`
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// An example's folder: one script and a `grid.yaml`.
    pub(crate) dir: PathBuf,
    /// End when the grid is finished instead of serving it.
    #[arg(long)]
    pub(crate) exit: bool,
    /// Listen exactly here.
    #[arg(short, long)]
    pub(crate) port: Option<u16>,
}

/// Inserts `ui` where the first argument is neither a verb nor one of the options of `pyr` itself, so that
/// `pyr` alone takes the target and the options of `pyr ui`.
pub(crate) fn with_default_verb(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let verbs = ["ui", "list", "token", "disk", "demo", "supervise", "snapshot"];
    let own_options = ["-h", "--help", "-V", "--version"];
    let is_of_ui = |argument: &OsStr| {
        let text = argument.to_string_lossy();
        !verbs.contains(&text.as_ref()) && !own_options.contains(&text.as_ref())
    };
    if arguments.get(1).is_some_and(|first| is_of_ui(first)) {
        arguments.insert(1, OsString::from("ui"));
    }
    arguments
}

/// Hands over to the verb's file.
pub(crate) fn dispatch(cli: Cli) -> ExitCode {
    let ended = match cli.verb {
        None => ui::ui(&UiArgs::default()),
        Some(Verb::Ui(arguments)) => ui::ui(&arguments),
        Some(Verb::List(arguments)) => list::list(&arguments),
        Some(Verb::Token(arguments)) => token::token(&arguments),
        Some(Verb::Disk(arguments)) => disk::disk(&arguments),
        Some(Verb::Demo(arguments)) => demo::demo(&arguments),
        Some(Verb::Supervise { task_dir, gpus }) => supervise::supervise(&task_dir, &gpus),
        Some(Verb::Snapshot(args)) => snapshot(args),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            #[expect(clippy::print_stderr, reason = "the one place where a verb's failure is told")]
            {
                eprintln!("pyr: {why}");
            }
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verb_of(arguments: &[&str]) -> Option<Verb> {
        let arguments = arguments.iter().map(OsString::from).collect();
        Cli::parse_from(with_default_verb(arguments)).verb
    }

    #[test]
    fn a_script_alone_means_ui() {
        for arguments in [&["pyr", "train.py"][..], &["pyr", "ui", "train.py"]] {
            let Some(Verb::Ui(ui)) = verb_of(arguments) else { panic!("{arguments:?}") };
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
            // A target that is called like a verb comes after an option, or after `ui`.
            (&["pyr", "-p", "8333", "list"], Some(8333), Some("list")),
            (&["pyr", "ui", "list"], None, Some("list")),
        ] {
            let Some(Verb::Ui(ui)) = verb_of(arguments) else { panic!("{arguments:?}") };
            assert_eq!((ui.port, ui.target.as_deref()), (port, target.map(OsStr::new)));
        }
    }

    #[test]
    fn help_version_and_verbs_are_left_alone() {
        for first in ["-h", "--help", "-V", "--version", "ui", "list", "token", "demo"] {
            let arguments: Vec<OsString> = vec!["pyr".into(), first.into()];
            assert_eq!(with_default_verb(arguments.clone()), arguments);
        }
        let wrong = with_default_verb(vec!["pyr".into(), "-p".into(), "high".into()]);
        let error = Cli::try_parse_from(wrong).unwrap_err();
        assert_eq!(error.kind(), clap::error::ErrorKind::ValueValidation);
        let unknown = with_default_verb(vec!["pyr".into(), "--frobnicate".into()]);
        let error = Cli::try_parse_from(unknown).unwrap_err();
        assert_eq!(error.kind(), clap::error::ErrorKind::UnknownArgument);
    }

    #[test]
    fn options_and_nothing_at_all_stay_as_they_are() {
        assert!(verb_of(&["pyr"]).is_none());
        let Some(Verb::Ui(ui)) = verb_of(&["pyr", "a b.py", "c.yaml", "-p", "8123"]) else {
            panic!("not ui")
        };
        assert_eq!((ui.port, ui.config), (Some(8123), Some("c.yaml".into())));
    }
}
