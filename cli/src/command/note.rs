//! `pyr note`: prints or replaces a task's notes.

use std::io::Read;

use clap::Args;
use common::task::NotesRequest;

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::json::print_json;
use super::output::print_line;
use super::project::Location;
use super::task_change::OutputArgs;

/// `pyr note`
#[derive(Debug, Args)]
pub(crate) struct NoteArgs {
    /// The task.
    task: String,
    /// The new text; `-` reads it from standard input; without it the notes are printed.
    text: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Prints or replaces the notes.
///
/// # Errors
/// If the task does not exist or cannot be written.
pub(crate) fn note(global: &GlobalArgs, arguments: &NoteArgs) -> Result<(), Failure> {
    let location = Location::find(global)?;
    let name = engine::requested_name(&arguments.task)?;
    let task = match &arguments.text {
        None => {
            let (engine, workspace) = location.reader()?;
            engine.get_task(&workspace, &name)?
        }
        Some(text) => {
            let mut notes = text.clone();
            if text == "-" {
                notes.clear();
                std::io::stdin().lock().read_to_string(&mut notes)?;
            }
            let (engine, workspace) = location.client()?;
            engine.set_notes(&workspace, &name, &NotesRequest { notes, expected_notes: None })?
        }
    };
    match (arguments.output.json, &arguments.text) {
        (true, _) => print_json(&task)?,
        (false, None) => print_line(&task.notes),
        (false, Some(_)) => print_line(&format!("noted {name}")),
    }
    Ok(())
}
