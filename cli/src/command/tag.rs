//! `pyr tag`: adds and removes tags.

use clap::Args;
use common::task::TagsRequest;

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::project::Location;
use super::task_args::TaskArgs;
use super::task_change::{OutputArgs, change_each};

/// `pyr tag`
#[derive(Debug, Args)]
#[command(after_help = "pyr tag --add baseline --remove draft 'sweep_*'")]
pub(crate) struct TagArgs {
    #[command(flatten)]
    tasks: TaskArgs,
    /// Add these tags.
    #[arg(long, value_name = "TAGS", value_delimiter = ',', required_unless_present = "remove")]
    add: Vec<String>,
    /// Remove these tags.
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    remove: Vec<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Changes the tags of the selected tasks.
///
/// # Errors
/// If a task does not exist, or a tag is invalid.
pub(crate) fn tag(global: &GlobalArgs, arguments: &TagArgs) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.client()?;
    let names = arguments.tasks.resolve(&engine, &workspace)?;
    change_each(&engine, &workspace, &names, |engine, workspace, name| {
        let before = engine.get_task(workspace, name)?.tags;
        let kept = before.iter().filter(|tag| !arguments.remove.contains(tag)).cloned();
        let tags = kept.chain(arguments.add.iter().cloned()).collect();
        engine.set_tags(workspace, name, &TagsRequest { tags, expected_tags: Some(before) })
    })?;
    arguments.output.report("tagged", &names)
}
