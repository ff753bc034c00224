//! The command line arguments, and the dispatch to commands.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::project_args::ProjectArgs;
use super::snapshot::{SnapshotArgs, snapshot};
use super::task_change::{ChangeArgs, ConfirmedChangeArgs};
use super::{
    cancel, completions, config, cp, demo, disk, doctor, env, exec, export, extend, hold, init,
    inputs, list, logs, man, metrics, mv, new, note, pin, prioritize, queue, retry, rm, run, show,
    status, supervise, tag, token, trash, ui, wait,
};

/// Local-first experiment run manager: forms, grids, queue, logs and curves for your script.
#[derive(Debug, Parser)]
#[command(name = "pyr", version, disable_help_subcommand = true)]
#[command(
    about = "Local-first experiment run manager: forms, grids, queue, logs and curves for your script"
)]
#[command(override_usage = "pyr [OPTIONS] [TARGET] [CONFIG]\n       pyr <COMMAND>")]
#[command(after_help = "The default command is `ui`: `pyr -p 8333 train.py` is short for \
    `pyr ui -p 8333 train.py`.\nSee `pyr ui --help` for its options.")]
pub(crate) struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open a script, the shell workspace or a workspace folder in the browser.
    Ui(ui::UiArgs),
    /// Print or export the runs table, filtered, sorted and grouped.
    #[command(visible_alias = "ls")]
    List(list::ListArgs),
    /// Create the workspace of a script or of shell commands; nothing is started.
    Init(init::InitArgs),
    /// Create tasks from parameters with several values, without running them.
    #[command(visible_alias = "add")]
    New(new::NewArgs),
    /// Queue tasks, or create them from a grid, and wait for their end.
    Run(run::RunArgs),
    /// Record and run a command as a shell task, and pass its output and exit code through.
    Exec(exec::ExecArgs),
    /// Add values of a parameter to a batch.
    Extend(extend::ExtendArgs),
    /// Wait until tasks have ended.
    Wait(wait::WaitArgs),
    /// Print the counts, what runs, and what waits and why.
    Status(status::StatusArgs),
    /// Print everything of a task: state, parameters, runs, results.
    Show(show::ShowArgs),
    /// Print a task's log, and follow it.
    Logs(logs::LogsArgs),
    /// End running tasks and remove queued ones from the queue.
    #[command(visible_alias = "stop")]
    Cancel(ConfirmedChangeArgs),
    /// Keep queued tasks from starting.
    Hold(ChangeArgs),
    /// Let held tasks start.
    Release(ChangeArgs),
    /// Set the priority of tasks in the queue.
    Prioritize(prioritize::PrioritizeArgs),
    /// Queue exactly the failed and missing tasks of a batch again.
    Retry(retry::RetryArgs),
    /// List tasks first.
    Pin(ChangeArgs),
    /// Do not list tasks first any more.
    Unpin(ChangeArgs),
    /// Add and remove tags.
    Tag(tag::TagArgs),
    /// Print or replace a task's notes.
    Note(note::NoteArgs),
    /// Rename a task.
    Mv(mv::MvArgs),
    /// Copy a task without its runs.
    Cp(cp::CpArgs),
    /// Move tasks to the trash.
    Rm(ConfirmedChangeArgs),
    /// Restore tasks from the trash, or list it.
    Restore(trash::RestoreArgs),
    /// Delete tasks in the trash permanently.
    Purge(trash::PurgeArgs),
    /// Run the project's queue until nothing is left to start.
    Queue,
    /// Print or change a task's environment variables.
    Env(env::EnvArgs),
    /// Restore the inputs of a run into a folder.
    Inputs(inputs::InputsArgs),
    /// Print or change the settings of the project.
    Config(config::ConfigArgs),
    /// Print the load of processor, memory, GPUs and disk.
    Metrics(metrics::MetricsArgs),
    /// Export the metrics of a run.
    Export(export::ExportArgs),
    /// Check the installation, the machine and the project.
    Doctor(doctor::DoctorArgs),
    /// Print the completions of a shell.
    Completions(completions::CompletionsArgs),
    /// Write the manual pages.
    Man(man::ManArgs),
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

/// Inserts `ui` if the first argument after the global options is neither a command nor an option of `pyr` itself, so
/// that `pyr` accepts the arguments of `pyr ui`.
pub(crate) fn with_default_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let command = Cli::command();
    let is_command = |text: &str| command.find_subcommand(text).is_some();
    let own_options = ["-h", "--help", "-V", "--version"];
    let at = 1 + global_options(arguments.get(1..).unwrap_or_default());
    let is_of_ui = |argument: &OsStr| {
        let text = argument.to_string_lossy();
        !is_command(&text) && !own_options.contains(&text.as_ref())
    };
    if arguments.get(at).is_some_and(|first| is_of_ui(first)) {
        arguments.insert(at, OsString::from("ui"));
    }
    arguments
}

/// The number of leading arguments that are global options with their values.
fn global_options(arguments: &[OsString]) -> usize {
    let mut count = 0;
    while let Some(text) = arguments.get(count).map(|argument| argument.to_string_lossy()) {
        let has_value = matches!(&*text, "-C" | "-w" | "--directory" | "--workspace");
        let is_joined = text.starts_with("--directory=")
            || text.starts_with("--workspace=")
            || text.len() > 2 && (text.starts_with("-C") || text.starts_with("-w"));
        count += match (has_value, is_joined) {
            (true, _) => 2,
            (_, true) => 1,
            _ => break,
        };
    }
    count.min(arguments.len())
}

/// Runs the command. Prints its error.
pub(crate) fn dispatch(cli: Cli) -> ExitCode {
    match call(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let text = failure.to_string();
            #[expect(clippy::print_stderr, reason = "the one place where an error is printed")]
            if !text.is_empty() {
                eprintln!("pyr: {text}");
            }
            failure.status.into()
        }
    }
}

fn call(cli: Cli) -> Result<(), Failure> {
    let Cli { global, command } = cli;
    if let Some(dir) = &global.directory {
        let changed = std::env::set_current_dir(dir);
        changed.map_err(|error| Failure::not_found(format!("{}: {error}", dir.display())))?;
    }
    match command {
        None => ui::ui(&global, &ui::UiArgs::default()),
        Some(Command::Ui(arguments)) => ui::ui(&global, &arguments),
        Some(Command::List(arguments)) => list::list(&global, &arguments),
        Some(Command::Init(arguments)) => init::init(&arguments),
        Some(Command::New(arguments)) => new::new(&global, &arguments),
        Some(Command::Run(arguments)) => run::run(&global, &arguments),
        Some(Command::Exec(arguments)) => exec::exec(&global, &arguments),
        Some(Command::Extend(arguments)) => extend::extend(&global, &arguments),
        Some(Command::Wait(arguments)) => wait::wait(&global, &arguments),
        Some(Command::Status(arguments)) => status::status(&global, &arguments),
        Some(Command::Show(arguments)) => show::show(&global, &arguments),
        Some(Command::Logs(arguments)) => logs::logs(&global, &arguments),
        Some(Command::Cancel(arguments)) => cancel::cancel(&global, &arguments),
        Some(Command::Hold(arguments)) => hold::hold(&global, &arguments, true),
        Some(Command::Release(arguments)) => hold::hold(&global, &arguments, false),
        Some(Command::Prioritize(arguments)) => prioritize::prioritize(&global, &arguments),
        Some(Command::Retry(arguments)) => retry::retry(&global, &arguments),
        Some(Command::Pin(arguments)) => pin::pin(&global, &arguments, true),
        Some(Command::Unpin(arguments)) => pin::pin(&global, &arguments, false),
        Some(Command::Tag(arguments)) => tag::tag(&global, &arguments),
        Some(Command::Note(arguments)) => note::note(&global, &arguments),
        Some(Command::Mv(arguments)) => mv::mv(&global, &arguments),
        Some(Command::Cp(arguments)) => cp::cp(&global, &arguments),
        Some(Command::Rm(arguments)) => rm::rm(&global, &arguments),
        Some(Command::Restore(arguments)) => trash::restore(&global, &arguments),
        Some(Command::Purge(arguments)) => trash::purge(&global, &arguments),
        Some(Command::Queue) => queue::queue(),
        Some(Command::Env(arguments)) => env::env(&global, &arguments),
        Some(Command::Inputs(arguments)) => inputs::inputs(&global, &arguments),
        Some(Command::Config(arguments)) => config::config(&arguments),
        Some(Command::Metrics(arguments)) => metrics::metrics(&arguments),
        Some(Command::Export(arguments)) => export::export(&global, &arguments),
        Some(Command::Doctor(arguments)) => doctor::doctor(&arguments),
        Some(Command::Completions(arguments)) => {
            completions::completions(&arguments, Cli::command())
        }
        Some(Command::Man(arguments)) => man::man(&arguments, Cli::command()),
        Some(Command::Token(arguments)) => token::token(&global, &arguments),
        Some(Command::Disk(arguments)) => disk::disk(&global, &arguments),
        Some(Command::Demo(arguments)) => demo::demo(&arguments),
        Some(Command::Supervise { task_dir, gpus }) => supervise::supervise(&task_dir, &gpus),
        Some(Command::Snapshot(args)) => snapshot(args),
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
            (&["pyr", "-C", "/", "-p", "8333", "train.py"], Some(8333), Some("train.py")),
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
    fn the_manual_has_every_visible_command_and_the_readmes_link_to_it() {
        let manual = include_str!("../../../docs/cli.md");
        for command in Cli::command().get_subcommands().filter(|command| !command.is_hide_set()) {
            let name = command.get_name();
            let is_mentioned = [format!("pyr {name}"), format!("`{name}`")]
                .iter()
                .any(|text| manual.contains(text.as_str()));
            assert!(is_mentioned, "docs/cli.md does not mention {name}");
        }
        for readme in [include_str!("../../../README.md"), include_str!("../../../README.zh-CN.md")]
        {
            assert!(readme.contains("docs/cli.md"));
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
