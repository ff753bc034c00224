//! Follows a log while it grows.

use std::fs::File;
use std::io;

use common::TaskStatus;
use common::log::LogMessage;

use super::{files, piece};
use store::Result;
use store::clock;
use store::task::paths::run_of;
use store::task::{TaskDir, TaskInfo};

/// Maximum size of one message. The follower reads from the file on demand, so that a slow client
/// falls behind on disk and not in a memory buffer.
const CHUNK_BYTES: u64 = 256 << 10;
/// How much of the end is sent after a part was skipped.
const AFTER_SKIP_BYTES: u64 = 64 << 10;

/// The task whose log is followed; implemented by the engine.
pub trait FollowedTask: Send {
    /// Index of its newest run, and its state; `None` when the task is gone.
    fn newest(&self) -> Option<(u32, TaskStatus)>;

    /// The task's file, for the outcomes of its runs.
    fn info(&self) -> TaskInfo;

    /// Marks all changes up to now as seen; called before the files are read.
    fn mark_seen(&mut self);

    /// Waits for a change since [`mark_seen`](Self::mark_seen). Cancel-safe.
    fn changed(&mut self) -> impl Future<Output = ()> + Send;
}

/// The position at which a follower starts.
#[derive(Debug, Clone, Default)]
pub struct LogStart {
    /// `run3.log`; `None` means the newest run.
    pub log_file_name: Option<String>,
    /// Byte offset; `None` means the current end of the file.
    pub offset: Option<u64>,
    /// Maximum lag behind a growing log, after which the follower skips to near its end; `None`
    /// means that it never skips.
    pub max_lag_bytes: Option<u64>,
}

/// The messages of one task's log, in order, across its runs.
pub struct LogFollower<T> {
    task: T,
    dir: TaskDir,
    /// Index of the followed run; 0 before the first.
    run_index: u32,
    offset: u64,
    file: Option<File>,
    ended: bool,
    max_lag_bytes: Option<u64>,
    /// The file's size when more than one message was last available.
    last_size: u64,
}

/// Result of polling the files.
enum PollResult {
    Message(LogMessage),
    Nothing,
    TaskGone,
}

impl<T: FollowedTask> LogFollower<T> {
    /// Follows a task's log from a byte offset, without gaps or duplicates, across runs.
    ///
    /// # Errors
    /// When the task has no such log.
    pub fn new(task: T, dir: TaskDir, start: &LogStart) -> Result<Self> {
        let (_, selected) = files::select(&dir, start.log_file_name.as_deref())?;
        let run_index = selected.as_deref().and_then(|log| run_of(log, ".log")).unwrap_or(0);
        let offset = match (start.offset, run_index) {
            (Some(offset), _) => offset,
            (None, 0) => 0,
            (None, run) => std::fs::metadata(dir.log(run)).map_or(0, |meta| meta.len()),
        };
        let max_lag_bytes = start.max_lag_bytes;
        let (file, ended, last_size) = (None, false, 0);
        Ok(Self { task, dir, run_index, offset, file, ended, max_lag_bytes, last_size })
    }

    /// The next message, waiting for it; `None` when the task is gone. Cancel-safe.
    pub async fn next(&mut self) -> Option<LogMessage> {
        loop {
            // Marked before polling: a change during the poll wakes the next wait.
            self.task.mark_seen();
            match self.poll_files() {
                PollResult::Message(message) => return Some(message),
                PollResult::TaskGone => return None,
                PollResult::Nothing => {}
            }
            self.task.changed().await;
        }
    }

    fn poll_files(&mut self) -> PollResult {
        // The state is read before the text: the log of a run that has ended is complete.
        let Some((newest, status)) = self.task.newest() else {
            return PollResult::TaskGone;
        };
        if self.run_index > 0 && !self.ended {
            if let Some(message) = self.read_next() {
                return PollResult::Message(message);
            }
            let is_active = newest == self.run_index && status == TaskStatus::Running;
            // The finish time and the final state are written at once.
            if !is_active && newest >= self.run_index {
                self.ended = true;
                return PollResult::Message(self.end_message(&self.task.info()));
            }
            return PollResult::Nothing;
        }
        // A run that could not start has an end but no log.
        let has_ended = newest > self.run_index && !status.is_active();
        // The log exists before the task is marked as running.
        let begins = newest == self.run_index && status == TaskStatus::Queued;
        let has_log = || self.dir.log(newest.max(self.run_index + 1)).exists();
        if has_ended || ((begins || newest > self.run_index) && has_log()) {
            return PollResult::Message(self.next_run());
        }
        PollResult::Nothing
    }

    fn next_run(&mut self) -> LogMessage {
        self.run_index += 1;
        self.offset = 0;
        self.file = None;
        self.ended = false;
        self.last_size = 0;
        LogMessage::Run {
            task_name: self.dir.name().to_string(),
            log_file_name: self.log_file_name(),
            run_index: self.run_index,
        }
    }

    fn end_message(&self, info: &TaskInfo) -> LogMessage {
        let newest = info.run_index() == self.run_index;
        let run = info.runs.get(self.run_index as usize - 1);
        // Only the newest run has a state of its own on disk; that of an earlier one is its
        // outcome.
        let status = match run {
            Some(run) if !newest => run.outcome.status(),
            _ if newest => info.status(),
            _ => TaskStatus::Failed,
        };
        LogMessage::End {
            task_name: self.dir.name().to_string(),
            log_file_name: self.log_file_name(),
            offset: self.offset,
            run_index: self.run_index,
            status,
        }
    }

    fn read_next(&mut self) -> Option<LogMessage> {
        let mut bytes = match self.read_bytes() {
            Ok(bytes) => bytes,
            Err(error) => {
                tracing::debug!(%error, task = %self.dir.name(), "a followed log cannot be read");
                return None;
            }
        };
        let full = bytes.len() as u64 == CHUNK_BYTES;
        if full || bytes.is_empty() {
            match self.skip(full) {
                Ok(None) => {}
                Ok(Some(message)) => return Some(message),
                Err(error) => tracing::debug!(%error, "the size of a followed log is not known"),
            }
        }
        let complete_bytes =
            if full { piece::cut_with_more(&bytes) } else { piece::cut_character(&bytes) };
        if complete_bytes == 0 {
            return None;
        }
        self.offset += complete_bytes as u64;
        bytes.truncate(complete_bytes);
        Some(LogMessage::Chunk {
            task_name: self.dir.name().to_string(),
            content: piece::text(bytes),
            log_file_name: self.log_file_name(),
            offset: self.offset,
            run_index: self.run_index,
            time_ms: clock::epoch_us() / 1_000,
        })
    }

    /// Skips a part of the log if the client lags too far behind a growing log, and resets the
    /// offset of a log that was truncated.
    fn skip(&mut self, full: bool) -> io::Result<Option<LogMessage>> {
        let Some(file) = &self.file else { return Ok(None) };
        let size = file.metadata()?.len();
        let grows = size > self.last_size && self.last_size > 0;
        self.last_size = size;
        let too_far = |limit: u64| grows && size.saturating_sub(self.offset) > limit;
        let to = if size < self.offset {
            size
        } else if full && self.max_lag_bytes.is_some_and(too_far) {
            let from = size - AFTER_SKIP_BYTES.min(size);
            let bytes = piece::read_range(file, from, size)?;
            from + memchr::memchr(b'\n', &bytes).map_or(0, |end| end as u64 + 1)
        } else {
            return Ok(None);
        };
        let from_offset = std::mem::replace(&mut self.offset, to);
        Ok(Some(LogMessage::Skipped {
            task_name: self.dir.name().to_string(),
            log_file_name: self.log_file_name(),
            from_offset,
            offset: to,
            run_index: self.run_index,
        }))
    }

    fn read_bytes(&mut self) -> io::Result<Vec<u8>> {
        if self.file.is_none() {
            self.file = Some(self.dir.open(format!("run_logs/{}", self.log_file_name()))?);
        }
        let Some(file) = &self.file else {
            return Ok(Vec::new());
        };
        // The buffer has the exact size: for many readers of short lines, allocating a full chunk
        // would dominate the cost.
        let to = file.metadata()?.len().min(self.offset + CHUNK_BYTES);
        piece::read_range(file, self.offset, to)
    }

    fn log_file_name(&self) -> String {
        format!("run{}.log", self.run_index)
    }
}
