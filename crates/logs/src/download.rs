//! A log as a downloadable file.

use std::fs::File;
use std::path::PathBuf;

use super::files;
use super::text_blocks::TextBlocks;
use store::task::TaskDir;
use store::{Error, Result};

/// A log to be downloaded.
#[derive(Debug, Clone)]
pub struct LogFile {
    /// Path of the log.
    pub path: PathBuf,
    /// Name of the download: `task-run3.log`.
    pub file_name: String,
}

impl LogFile {
    /// Selects a log of a task: by file name, else by run, else that of its newest run.
    ///
    /// # Errors
    /// When the task has no such log.
    pub fn of_task(dir: &TaskDir, run: Option<u32>, log_file_name: Option<&str>) -> Result<Self> {
        let requested = files::requested_name(run, log_file_name);
        let (_, selected) = files::select(dir, requested.as_deref())?;
        let task = dir.name();
        let log =
            selected.ok_or_else(|| Error::NotFound(format!("Task '{task}' has no log yet")))?;
        Ok(Self { path: dir.run_logs().join(&log), file_name: format!("{task}-{log}") })
    }

    /// Passes the text of the log to `take` in blocks, without colours and with overwritten text
    /// removed, until the end or until `take` returns false.
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
