//! Opening a log to be followed.

use super::{LogFollower, files};
use crate::Result;
use crate::engine::{Engine, Pick};
use crate::task::paths::run_of;

/// Where a follower starts.
#[derive(Debug, Clone, Default)]
pub struct LogStart {
    /// `run3.log`; nothing means the newest run.
    pub log_file_name: Option<String>,
    /// Byte offset; nothing means the end of the file now.
    pub offset: Option<u64>,
    /// How far the follower may fall behind a growing log before it leaves something out and goes on
    /// near its end; nothing means that it never leaves anything out.
    pub max_lag_bytes: Option<u64>,
}

impl Engine {
    /// Follows a task's log from a byte offset on: no gap, no duplicate, across runs.
    ///
    /// # Errors
    /// When there is no such task or log.
    pub fn follow_log(&self, pick: &Pick, name: &str, start: &LogStart) -> Result<LogFollower> {
        let workspace = self.pick(pick)?;
        let dir = workspace.find(name)?.dir.clone();
        let (_, selected) = files::select(&dir, start.log_file_name.as_deref())?;
        let run_index = selected.as_deref().and_then(|log| run_of(log, ".log")).unwrap_or(0);
        let offset = match (start.offset, run_index) {
            (Some(offset), _) => offset,
            (None, 0) => 0,
            (None, run) => std::fs::metadata(dir.log(run)).map_or(0, |meta| meta.len()),
        };
        let pulse = self.watcher().pulse(&dir.run_logs());
        let events = self.bus().watch();
        let place = (run_index, offset);
        Ok(LogFollower::new(workspace, dir, pulse, events, place, start.max_lag_bytes))
    }
}
