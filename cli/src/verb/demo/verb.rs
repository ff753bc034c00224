//! The verb itself.

use std::fs;

use common::TaskStatus;

use super::{grid, progress, table};
use crate::verb::cli::{DemoArgs, DoorArgs};
use crate::verb::failure::Failure;
use crate::verb::open::Target;
use crate::verb::ui::{options, runtime, say, start_log};

/// Opens the example, runs its grid, prints the results, and goes on serving.
///
/// # Errors
/// When the example cannot be opened, or a task of it fails.
pub(crate) fn demo(arguments: &DemoArgs) -> Result<(), Failure> {
    start_log();
    let dir = fs::canonicalize(&arguments.dir)
        .map_err(|error| format!("opening {}: {error}", arguments.dir.display()))?;
    let (script, config) = grid::script(&dir)?;
    let engine = Target::Script(script).open(config.as_deref())?;
    runtime()?.block_on(async {
        let options = options(&engine, arguments.port, &DoorArgs::default());
        let (server::Listening { url, .. }, serving) =
            server::serve(engine.clone(), options).await?;
        let mut serving = tokio::spawn(serving);
        let created = grid::create(&engine, &dir)?;
        say(&format!("{} tasks created; watch them at {url}", created.count));
        let names: Vec<String> = created.items.into_iter().map(|task| task.name).collect();
        let tasks = tokio::select! {
            tasks = progress::run(&engine, &names) => tasks?,
            _ = &mut serving => return Err("stopped; the tasks that run go on".into()),
        };
        say(&format!("\n{}", table::render(&tasks)));
        if let Some(bad) = tasks.iter().find(|task| task.status != TaskStatus::Completed) {
            return Err(
                format!("task {} ended as {}; see {}", bad.name, bad.status, bad.log).into()
            );
        }
        if !arguments.exit {
            say(&format!("Pyruns serves {url} (Ctrl-C ends it)"));
            serving.await?;
        }
        Ok(())
    })
}
