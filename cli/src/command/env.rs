//! `pyr env`: prints or changes a task's environment variables.

use clap::Args;
use common::task::EnvRequest;

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::json::print_json;
use super::output::print_line;
use super::project::Location;
use super::task_change::OutputArgs;
use super::task_run::TaskRun;

/// `pyr env`
#[derive(Debug, Args)]
#[command(
    after_help = "pyr env sweep_1-of-4 OMP_NUM_THREADS=2\npyr env sweep_1-of-4 --unset OMP_NUM_THREADS"
)]
pub(crate) struct EnvArgs {
    /// The task.
    task: String,
    /// Variables to set; without any, the variables are printed.
    #[arg(value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// Remove this variable.
    #[arg(long, value_name = "NAME")]
    unset: Vec<String>,
    /// Print the values of secret variables.
    #[arg(long)]
    reveal: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Prints the task's variables after the changes. Values that look like secrets are masked.
///
/// # Errors
/// If the task does not exist, a name or value is invalid, or a variable to remove is not set.
pub(crate) fn env(global: &GlobalArgs, arguments: &EnvArgs) -> Result<(), Failure> {
    let changes = !(arguments.set.is_empty() && arguments.unset.is_empty());
    let location = Location::find(global)?;
    let (engine, workspace) = if changes { location.client()? } else { location.reader()? };
    let name = TaskRun::find(&arguments.task, &engine, &workspace)?.task;
    if changes {
        let before = engine.get_task(&workspace, &name)?.env;
        let mut env = before.clone();
        for text in &arguments.set {
            let (name, value) = variable(text)?;
            env.insert(name, value);
        }
        for unset in &arguments.unset {
            if env.remove(unset).is_none() {
                return Err(Failure::not_found(format!("Task '{name}' has no variable {unset}.")));
            }
        }
        let request = EnvRequest { env, expected_env: Some(before), env_from: None };
        engine.set_env(&workspace, &name, &request)?;
    }
    let task = match arguments.reveal {
        true => engine.reveal_task(&workspace, &name)?,
        false => engine.get_task(&workspace, &name)?,
    };
    if arguments.output.json {
        return print_json(&serde_json::json!({ "env": task.env, "masked_env": task.masked_env }));
    }
    task.env.iter().for_each(|(name, value)| print_line(&format!("{name}={value}")));
    Ok(())
}

fn variable(text: &str) -> Result<(String, String), Failure> {
    match text.split_once('=') {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err(Failure::refused(format!("{text}: write NAME=VALUE, or --unset {text}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_equals_sign_ends_the_name() {
        assert_eq!(variable("A=b=c").unwrap(), ("A".to_owned(), "b=c".to_owned()));
        assert_eq!(variable("A=").unwrap(), ("A".to_owned(), String::new()));
        assert!(variable("A").is_err());
    }
}
