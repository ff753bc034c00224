//! `pyr init`: creates a workspace and starts nothing.

use std::path::{Path, PathBuf};

use clap::Args;
use common::launcher::OpenRequest;

use super::failure::Failure;
use super::json::print_json;
use super::output::print_line;
use super::project::{Location, client_of, start_dir};
use super::task_change::OutputArgs;

/// `pyr init`
#[derive(Debug, Args)]
#[command(after_help = "pyr init train.py --config configs/base.yaml\npyr init shell")]
pub(crate) struct InitArgs {
    /// A Python script, or the word `shell` for the workspace of shell commands.
    #[arg(value_name = "SCRIPT|shell", default_value = "shell")]
    target: PathBuf,
    /// The default values of a script's parameters, if its workspace has none yet.
    #[arg(long, value_name = "YAML")]
    config: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Creates the workspace if it does not exist, and prints its folder.
///
/// # Errors
/// If the target is neither a script nor `shell`, or the workspace cannot be created.
pub(crate) fn init(arguments: &InitArgs) -> Result<(), Failure> {
    let start = start_dir()?;
    let target = start.join(&arguments.target);
    let workspace = if arguments.target == Path::new("shell") && !target.is_file() {
        if arguments.config.is_some() {
            return Err(Failure::refused("--config: the shell workspace has no parameters."));
        }
        client_of(Location::project_or_start(&start))?.open_shell()?
    } else {
        let script = existing(&target)?;
        let config = arguments.config.as_ref().map(|config| existing(&start.join(config)));
        let text = |path: PathBuf| path.to_string_lossy().into_owned();
        let project = script.parent().unwrap_or(Path::new("/"));
        let engine = client_of(project)?;
        let config_path = config.transpose()?.map(text);
        engine.open_script(&OpenRequest { script_path: text(script), config_path })?
    };
    match arguments.output.json {
        true => print_json(&workspace),
        false => {
            print_line(&workspace.run_root);
            Ok(())
        }
    }
}

fn existing(path: &Path) -> Result<PathBuf, Failure> {
    std::fs::canonicalize(path)
        .map_err(|error| Failure::not_found(format!("{}: {error}", path.display())))
}
