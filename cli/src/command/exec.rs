//! `pyr exec`: records and runs a command as a shell task, and passes its output through.

use std::ffi::OsString;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use clap::{ArgGroup, Args};
use common::generator::{CreateRequest, Mode, PreviewRequest};
use common::log::LogMessage;
use common::{Task, TaskName, TaskStatus};
use engine::{Engine, LogStart, WorkspaceSelector};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::timeout;

use super::command_output::CommandOutput;
use super::detach::{ensure_queue, hand_over};
use super::failure::{ExitStatus, Failure};
use super::global_args::GlobalArgs;
use super::logs::print_text;
use super::output::print_line;
use super::project::{Location, start_dir};
use super::runtime::runtime;
use common::shell::quoted;

use super::command_line::command_line;
use super::task_options::TaskOptionArgs;

/// How often the task is read while its log is silent: a task that is cancelled before its start has no log.
const POLL: Duration = Duration::from_secs(1);

/// Maximum number of characters of a program's name in the name of its task.
const MAX_NAME_CHARS: usize = 40;

/// `pyr exec`
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).args(["command", "shell_text", "stdin"]))]
#[command(
    after_help = "pyr exec -- python train.py --lr 0.1\npyr exec -n build -c 'make && make test'"
)]
pub(crate) struct ExecArgs {
    /// The name of the task; default: the program and the time.
    #[arg(short = 'n', long)]
    name: Option<String>,
    /// Run the text of a shell script.
    #[arg(short = 'c', value_name = "TEXT")]
    shell_text: Option<String>,
    /// Run the shell script on standard input.
    #[arg(long)]
    stdin: bool,
    /// Return at once. If no server runs the queue, a background process does until nothing is left to start.
    #[arg(long)]
    detach: bool,
    #[command(flatten)]
    options: TaskOptionArgs,
    /// The program and its arguments.
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

/// Records and runs the command in the shell workspace, which is created if it does not exist.
///
/// # Errors
/// The exit code of the command; or if it cannot be recorded or run.
pub(crate) fn exec(global: &GlobalArgs, arguments: &ExecArgs) -> Result<(), Failure> {
    if global.workspace.as_deref().is_some_and(|name| name != "shell" && name != "_shell_") {
        return Err(Failure::refused("exec records its tasks in the shell workspace: omit -w."));
    }
    let text = script(arguments)?;
    let location = Location::shell()?;
    let text = in_folder(&start_dir()?, location.project(), &text)?;
    if arguments.detach {
        let (engine, workspace) = location.client()?;
        let name = create(&engine, &workspace, arguments, text)?;
        engine.run_task(&workspace, &name)?;
        ensure_queue(&location)?;
        print_line(&format!("queued {name}"));
        return Ok(());
    }
    let (engine, workspace) = location.queue()?;
    let name = create(&engine, &workspace, arguments, text)?;
    let task = runtime()?.block_on(run(&engine, &workspace, &name));
    hand_over(engine, &location)?;
    outcome(&task?)
}

/// The text of the shell script.
fn script(arguments: &ExecArgs) -> Result<String, Failure> {
    if let Some(text) = &arguments.shell_text {
        return Ok(text.clone());
    }
    if arguments.stdin {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text)?;
        return Ok(text);
    }
    let words: Option<Vec<&str>> = arguments.command.iter().map(|word| word.to_str()).collect();
    let words = words.ok_or_else(|| Failure::refused("The command is not valid UTF-8."))?;
    Ok(command_line(&words))
}

/// The script, started in a folder; shell tasks start in the project's.
fn in_folder(folder: &Path, project: &Path, text: &str) -> Result<String, Failure> {
    if folder == project {
        return Ok(text.to_owned());
    }
    let within = folder.strip_prefix(project).unwrap_or(folder).to_str();
    let within =
        within.ok_or_else(|| Failure::refused("The current folder is not valid UTF-8."))?;
    // A relative path that begins with a hyphen is no option.
    let within = if within.starts_with('/') { within.to_owned() } else { format!("./{within}") };
    Ok(format!("cd {} || exit 1\n{text}", quoted(&within)))
}

fn create(
    engine: &Engine,
    workspace: &WorkspaceSelector,
    arguments: &ExecArgs,
    shell_text: String,
) -> Result<TaskName, Failure> {
    let prefix = arguments.name.clone().unwrap_or_else(|| program(arguments));
    let mut request = CreateRequest {
        preview: PreviewRequest { mode: Mode::Shell, shell_text, ..PreviewRequest::default() },
        append_timestamp: arguments.name.is_none(),
        name_prefix: prefix.clone(),
        ..CreateRequest::default()
    };
    arguments.options.add_to(&mut request, engine, workspace)?;
    let mut created = engine.create_names(workspace, &request);
    if created.is_err() && arguments.name.is_none() {
        // The same program was recorded in this second: the name of the process distinguishes them.
        request.name_prefix = format!("{prefix}-{}", std::process::id());
        created = engine.create_names(workspace, &request);
    }
    let names = created?.task_names;
    arguments.options.set_tags(engine, workspace, &names)?;
    names.into_iter().next().ok_or_else(|| "no task was created".into())
}

/// The name of the program, as far as it can be a task's.
fn program(arguments: &ExecArgs) -> String {
    let program = arguments.command.first().map(Path::new).and_then(Path::file_name);
    let text = program.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name: String = text.trim_start_matches('.').chars().take(MAX_NAME_CHARS).collect();
    match TaskName::new(&name) {
        Ok(name) => name.to_string(),
        Err(_) => "exec".to_owned(),
    }
}

/// Runs the task and prints its output. Ctrl-C cancels it; the second one does not wait for its end.
async fn run(
    engine: &Engine,
    workspace: &WorkspaceSelector,
    name: &TaskName,
) -> Result<Task, Failure> {
    let start = LogStart { offset: Some(0), ..LogStart::default() };
    let mut follower = engine.follow_log(workspace, name, &start)?;
    let mut interrupts = signal(SignalKind::interrupt())?;
    let mut output = CommandOutput::of(name);
    let mut is_cancelled = false;
    engine.run_task(workspace, name)?;
    loop {
        let message = tokio::select! {
            message = timeout(POLL, follower.next()) => message,
            _ = interrupts.recv() => {
                if std::mem::replace(&mut is_cancelled, true) {
                    return Err(Failure::new(ExitStatus::Interrupted, format!("{name} is being cancelled.")));
                }
                // A task that has ended meanwhile cannot be cancelled.
                let _ = engine.cancel_task(workspace, name);
                continue;
            }
        };
        match message {
            Ok(Some(LogMessage::Chunk { content, .. })) => {
                print_text(&output.next(&content), false)?;
            }
            Ok(Some(LogMessage::End { .. })) => {
                let task = engine.get_task(workspace, name)?;
                // A failed run may be followed by another.
                if !task.status.is_active() {
                    return Ok(task);
                }
            }
            Ok(Some(_)) => {}
            Ok(None) => return Err(Failure::not_found(format!("Task '{name}' was deleted."))),
            Err(_) => {
                let task = engine.get_task(workspace, name)?;
                if !task.status.is_active() && task.run_index == 0 {
                    return Ok(task);
                }
            }
        }
    }
}

/// Passes on the exit code of the command.
fn outcome(task: &Task) -> Result<(), Failure> {
    match task.status {
        TaskStatus::Completed => return Ok(()),
        TaskStatus::Cancelled => {
            let text = format!("{} was cancelled.", task.name);
            return Err(Failure::new(ExitStatus::Interrupted, text));
        }
        _ => {}
    }
    let code = task.exit_codes.last().copied().flatten();
    let code = code.and_then(|code| u8::try_from(code).ok()).filter(|code| *code != 0);
    match code {
        // The command has said why on its own.
        Some(code) => Err(Failure::new(ExitStatus::OfCommand(code), "")),
        None => {
            let reason = task.reasons.last().map_or("", String::as_str);
            Err(format!("{} failed: {reason}", task.name).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_starts_in_the_folder_of_the_command() {
        let text = |folder: &str| in_folder(Path::new(folder), Path::new("/p"), "ls").unwrap();
        assert_eq!(text("/p"), "ls");
        assert_eq!(text("/p/a b"), "cd './a b' || exit 1\nls");
        assert_eq!(text("/p/-a"), "cd ./-a || exit 1\nls");
    }

    #[test]
    fn an_exit_code_is_passed_on() {
        let ended = |code: Option<i32>| {
            let status = TaskStatus::Failed;
            let task = Task { status, exit_codes: vec![code], ..Task::default() };
            outcome(&task).unwrap_err().status
        };
        assert_eq!(ended(Some(3)), ExitStatus::OfCommand(3));
        assert_eq!(ended(None), ExitStatus::Failed);
    }
}
