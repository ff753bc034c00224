//! A log as a file to be downloaded.

use std::fs::File;
use std::path::PathBuf;

use super::files;
use super::text_blocks::TextBlocks;
use store::task::TaskDir;
use store::{Error, Result};

/// A log to be handed over as a file.
#[derive(Debug, Clone)]
pub struct LogFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it shall be called: `task-run3.log`.
    pub file_name: String,
}

impl LogFile {
    /// A log of a task: the named one, else that of a run, else of its newest run.
    ///
    /// # Errors
    /// When the task has no such log.
    pub fn of_task(dir: &TaskDir, run: Option<u32>, log_file_name: Option<&str>) -> Result<Self> {
        let wanted = files::wanted_name(run, log_file_name);
        let (_, selected) = files::select(dir, wanted.as_deref())?;
        let task = dir.name();
        let log =
            selected.ok_or_else(|| Error::NotFound(format!("Task '{task}' has no log yet")))?;
        Ok(Self { path: dir.run_logs().join(&log), file_name: format!("{task}-{log}") })
    }

    /// Hands over what can be read of it, without colours and with each line as it was left, piece by
    /// piece, until the end or until `take` says that nobody wants more.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn plain(&self, mut take: impl FnMut(Vec<u8>) -> bool) -> Result<()> {
        let failed = || Error::io("reading the log", &self.path);
        let mut blocks = TextBlocks::new(File::open(&self.path).map_err(failed())?);
        while let Some(block) = blocks.next().map_err(failed())? {
            if !take(block.to_vec()) {
                break;
            }
        }
        Ok(())
    }
}
