//! The command `pyr demo`.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use common::TaskStatus;

use super::{grid, progress, table};
use crate::command::failure::Failure;
use crate::command::open::Target;
use crate::command::output::print_line;
use crate::command::runtime::{runtime, start_log};
use crate::command::ui::{AccessArgs, options};

/// `pyr demo`
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// An example's folder: one script and a `grid.yaml`.
    pub(crate) dir: PathBuf,
    /// Exit when the grid is finished, instead of serving it.
    #[arg(long)]
    pub(crate) exit: bool,
    /// Listen on exactly this port.
    #[arg(short, long)]
    pub(crate) port: Option<u16>,
}

/// Opens the example, runs its grid, prints the results, and continues to serve.
///
/// # Errors
/// If the example cannot be opened or a task fails.
pub(crate) fn demo(arguments: &DemoArgs) -> Result<(), Failure> {
    start_log();
    let dir = fs::canonicalize(&arguments.dir)
        .map_err(|error| format!("opening {}: {error}", arguments.dir.display()))?;
    let (script, config) = grid::script(&dir)?;
    let engine = Target::Script(script).open(config.as_deref())?;
    runtime()?.block_on(async {
        let options = options(&engine, arguments.port, &AccessArgs::default());
        let (server::Listening { url, .. }, serving) =
            server::serve(engine.clone(), options).await?;
        let mut serving = tokio::spawn(serving);
        let created = grid::create(&engine, &dir)?;
        print_line(&format!("{} tasks created; see {url}", created.count));
        let names: Vec<String> = created.items.into_iter().map(|task| task.name).collect();
        let tasks = tokio::select! {
            tasks = progress::run(&engine, &names) => tasks?,
            _ = &mut serving => return Err("the server stopped; running tasks continue".into()),
        };
        print_line(&format!("\n{}", table::render(&tasks)));
        if let Some(bad) = tasks.iter().find(|task| task.status != TaskStatus::Completed) {
            return Err(
                format!("task {} ended as {}; see {}", bad.name, bad.status, bad.log).into()
            );
        }
        if !arguments.exit {
            print_line(&format!("Pyruns serves {url} (Ctrl-C stops it)"));
            serving.await?;
        }
        Ok(())
    })
}
