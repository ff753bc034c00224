//! `pyr doctor`: checks the installation, the machine and the project.

use std::fs::{self, File};
use std::path::Path;

use clap::Args;
use common::page::TaskQuery;
use common::system::DiskState;
use engine::{Engine, WorkspaceSelector};
use rustix::fs::{FlockOperation, flock};
use serde::Serialize;

use super::failure::Failure;
use super::json::print_json;
use super::output::print_line;
use super::project::Location;
use super::task_change::OutputArgs;

/// Watched folders and files below which a warning is given.
const FEW_WATCHES: u64 = 8192;

/// `pyr doctor`
#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Ok,
    Warning,
    Problem,
}

/// The result of one check, with what to do unless it is `ok`.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Check {
    name: &'static str,
    level: Level,
    text: String,
}

fn check(name: &'static str, level: Level, text: impl Into<String>) -> Check {
    Check { name, level, text: text.into() }
}

/// Prints a line for each check.
///
/// # Errors
/// If there is no project, or a check found a problem.
pub(crate) fn doctor(arguments: &DoctorArgs) -> Result<(), Failure> {
    let location = Location::any()?;
    let (engine, workspace) = location.reader()?;
    let settings = engine.workspace(&workspace)?.settings;
    let mut checks = vec![installation()?];
    checks.push(match engine::python(&settings) {
        Ok(path) => check("interpreter", Level::Ok, path.display().to_string()),
        Err(error) => check("interpreter", Level::Problem, error.to_string()),
    });
    let shell = engine::shell_runtime(&settings);
    checks.push(match shell.available {
        true => check("shell", Level::Ok, shell.executable),
        false => {
            let text = format!("{} not found; set shell_executable", shell.executable);
            check("shell", Level::Warning, text)
        }
    });
    checks.push(gpus(&engine));
    checks.push(locks(&location.pyruns_dir()));
    checks.push(watches(fs::read_to_string("/proc/sys/fs/inotify/max_user_watches").ok()));
    checks.push(disk(&engine));
    for folder in location.workspaces() {
        checks.push(tasks(&engine, &folder));
    }
    if arguments.output.json {
        print_json(&checks)?;
    } else {
        for Check { name, level, text } in &checks {
            let level = match level {
                Level::Ok => "ok",
                Level::Warning => "warning",
                Level::Problem => "problem",
            };
            print_line(&format!("{level:<7}  {name}: {text}"));
        }
    }
    match checks.iter().filter(|check| check.level == Level::Problem).count() {
        0 => Ok(()),
        count => Err(format!("problems: {count}").into()),
    }
}

fn installation() -> Result<Check, Failure> {
    let executable = std::env::current_exe()?;
    let text = format!("pyr {}, {}", env!("CARGO_PKG_VERSION"), executable.display());
    Ok(check("installation", Level::Ok, text))
}

fn gpus(engine: &Engine) -> Check {
    match engine.system_metrics().gpus.len() {
        0 => check("GPUs", Level::Ok, "none; if there are, check the driver with nvidia-smi"),
        count => check("GPUs", Level::Ok, format!("{count} found")),
    }
}

/// Whether a lock that is held is refused to another file handle, which some network file systems do not do.
fn locks(pyruns: &Path) -> Check {
    let path = pyruns.join(format!("._doctor_{}.lock", std::process::id()));
    let refused = File::create(&path).and_then(|first| {
        flock(&first, FlockOperation::NonBlockingLockExclusive)?;
        let second = File::open(&path)?;
        Ok(flock(&second, FlockOperation::NonBlockingLockExclusive).is_err())
    });
    // Nothing but this check uses the file.
    let _ = fs::remove_file(&path);
    match refused {
        Ok(true) => check("locks", Level::Ok, "the file system of the project has working locks"),
        Ok(false) => {
            let text = "a held lock was granted twice; move the project to a local disk";
            check("locks", Level::Problem, text)
        }
        Err(error) => {
            let text = format!(
                "locking a file in {}: {error}; check its owner and mount options",
                pyruns.display()
            );
            check("locks", Level::Problem, text)
        }
    }
}

fn watches(limit: Option<String>) -> Check {
    match limit.and_then(|text| text.trim().parse::<u64>().ok()) {
        None => check("inotify", Level::Warning, "the limit of watches is unknown"),
        Some(limit) if limit < FEW_WATCHES => {
            let text = format!(
                "only {limit} watches; raise them: sysctl fs.inotify.max_user_watches=524288"
            );
            check("inotify", Level::Warning, text)
        }
        Some(limit) => check("inotify", Level::Ok, format!("{limit} watches")),
    }
}

fn disk(engine: &Engine) -> Check {
    match engine.disk().map(|disk| disk.state) {
        None => check("disk", Level::Warning, "the free space is unknown"),
        Some(DiskState::Ok) => check("disk", Level::Ok, "enough free space"),
        Some(DiskState::Low) => {
            check("disk", Level::Warning, "little free space; `pyr disk` prints what uses it")
        }
        Some(DiskState::Full) => {
            check("disk", Level::Problem, "full, no run starts; `pyr disk` prints what uses it")
        }
    }
}

/// The tasks of a workspace that cannot be read.
fn tasks(engine: &Engine, folder: &Path) -> Check {
    let query = TaskQuery { limit: 0, compact: true, ..TaskQuery::default() };
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let page = match engine.list_tasks(&WorkspaceSelector::Folder(folder.to_owned()), &query) {
        Ok(page) => page,
        Err(error) => return check("workspace", Level::Problem, format!("{name}: {error}")),
    };
    let mut unreadable = page.items.iter().filter(|task| task.load_error.is_some());
    match unreadable.next() {
        None => check("workspace", Level::Ok, format!("{name}: {} tasks", page.items.len())),
        Some(first) => {
            let (count, error) = (1 + unreadable.count(), first.load_error.as_deref());
            let text = format!(
                "{name}: {count} unreadable tasks; repair or delete {}: {}",
                first.dir,
                error.unwrap_or_default()
            );
            check("workspace", Level::Problem, text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_watches_are_a_warning() {
        assert_eq!(watches(Some("524288\n".to_owned())).level, Level::Ok);
        assert_eq!(watches(Some("100\n".to_owned())).level, Level::Warning);
        assert_eq!(watches(None).level, Level::Warning);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_a_problem() {
        let temp = tempfile::tempdir().unwrap();
        assert_eq!(locks(temp.path()).level, Level::Ok);
        assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 0);
        assert_eq!(locks(&temp.path().join("missing")).level, Level::Problem);
    }
}
