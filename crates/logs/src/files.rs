//! Lists and selects the logs of a task.

use std::fs;

use store::task::TaskDir;
use store::task::paths::run_of;
use store::{Error, Result};

/// Name of the log that collects the failures of all runs.
pub(crate) const ERROR_LOG: &str = "error.log";

/// Names of a task's logs: runs from the oldest, `error.log` last.
pub(crate) fn available(dir: &TaskDir) -> Vec<String> {
    let Ok(listing) = fs::read_dir(dir.run_logs()) else {
        return Vec::new();
    };
    let mut runs = Vec::new();
    let mut has_errors = false;
    for item in listing.flatten() {
        let name = item.file_name();
        let name = name.to_string_lossy();
        if let Some(run) = run_of(&name, ".log") {
            runs.push(run);
        }
        has_errors |= name == ERROR_LOG;
    }
    runs.sort_unstable();
    let names = runs.into_iter().map(|run| format!("run{run}.log"));
    names.chain(has_errors.then(|| ERROR_LOG.to_owned())).collect()
}

/// The name of the requested log, by file name or by run.
pub(crate) fn requested_name(run: Option<u32>, log_file_name: Option<&str>) -> Option<String> {
    let named = log_file_name.filter(|name| !name.is_empty()).map(str::to_owned);
    named.or_else(|| run.map(|run| format!("run{run}.log")))
}

/// Selects the requested log, else the newest run's; `None` if there is none.
///
/// # Errors
/// When the requested log does not exist.
pub(crate) fn select(
    dir: &TaskDir,
    requested: Option<&str>,
) -> Result<(Vec<String>, Option<String>)> {
    let available = available(dir);
    let selected = match requested.filter(|name| !name.is_empty()) {
        Some(name) if available.iter().any(|known| known == name) => Some(name.to_owned()),
        Some(name) => {
            return Err(Error::NotFound(format!(
                "Log '{name}' of task '{}' not found",
                dir.name()
            )));
        }
        None => {
            let newest = available.iter().rev().find(|name| *name != ERROR_LOG);
            newest.or(available.last()).cloned()
        }
    };
    Ok((available, selected))
}
