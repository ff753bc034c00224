//! A log as it grows.

use std::fs::File;
use std::io;

use common::TaskStatus;
use common::log::LogMessage;

use super::{files, piece};
use store::Result;
use store::clock;
use store::task::paths::run_of;
use store::task::{TaskDir, TaskInfo};

/// The most bytes of one message. Reading on demand from the file is what bounds the memory of
/// a slow client: it falls behind on disk, not in a buffer.
const CHUNK_BYTES: u64 = 256 << 10;
/// How much of the end is sent after something was left out.
const AFTER_SKIP_BYTES: u64 = 64 << 10;

/// The task whose log is followed, as far as a follower has to know it.
pub trait FollowedTask: Send {
    /// Number of its newest run, and its state; nothing when the task is gone.
    fn newest(&self) -> Option<(u32, TaskStatus)>;

    /// Its file, for how its runs ended.
    fn info(&self) -> TaskInfo;

    /// Marks every change up to now as seen; called before looking at the files.
    fn seen(&mut self);

    /// Waits for a change since [`seen`](Self::seen). Cancel-safe.
    fn changed(&mut self) -> impl Future<Output = ()> + Send;
}

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

/// Messages of one task's log, in order, across its runs.
pub struct LogFollower<T> {
    task: T,
    dir: TaskDir,
    /// The run that is followed; 0 before the first.
    run_index: u32,
    offset: u64,
    file: Option<File>,
    ended: bool,
    max_lag_bytes: Option<u64>,
    /// The file's size at the last look that found more than one message.
    seen_bytes: u64,
}

/// What one look at the files gives.
enum Look {
    Message(LogMessage),
    Nothing,
    Gone,
}

impl<T: FollowedTask> LogFollower<T> {
    /// Follows a task's log from a byte offset on: no gap, no duplicate, across runs.
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
        let (file, ended, seen_bytes) = (None, false, 0);
        Ok(Self { task, dir, run_index, offset, file, ended, max_lag_bytes, seen_bytes })
    }

    /// The next message, waiting for it; `None` when the task is gone. Cancel-safe.
    pub async fn next(&mut self) -> Option<LogMessage> {
        loop {
            // Marked as seen before looking: what comes during the look wakes the next wait.
            self.task.seen();
            match self.look() {
                Look::Message(message) => return Some(message),
                Look::Gone => return None,
                Look::Nothing => {}
            }
            self.task.changed().await;
        }
    }

    fn look(&mut self) -> Look {
        // The state is taken before the text: a run seen as ended has written all of its log.
        let Some((newest, status)) = self.task.newest() else {
            return Look::Gone;
        };
        if self.run_index > 0 && !self.ended {
            if let Some(message) = self.read_on() {
                return Look::Message(message);
            }
            let still_going = newest == self.run_index && status == TaskStatus::Running;
            // A finish time without the final state never happens: both are written at once.
            if !still_going && newest >= self.run_index {
                self.ended = true;
                return Look::Message(self.end(&self.task.info()));
            }
            return Look::Nothing;
        }
        // A run that could not start has an end and no log.
        let settled = newest > self.run_index && !status.is_active();
        // Its log is there before the task says that it runs.
        let begins = newest == self.run_index && status == TaskStatus::Queued;
        let has_log = || self.dir.log(newest.max(self.run_index + 1)).exists();
        if settled || ((begins || newest > self.run_index) && has_log()) {
            return Look::Message(self.next_run());
        }
        Look::Nothing
    }

    fn next_run(&mut self) -> LogMessage {
        self.run_index += 1;
        self.offset = 0;
        self.file = None;
        self.ended = false;
        self.seen_bytes = 0;
        LogMessage::Run {
            task_name: self.dir.name(),
            log_file_name: self.log_file_name(),
            run_index: self.run_index,
        }
    }

    fn end(&self, info: &TaskInfo) -> LogMessage {
        let newest = info.run_index() == self.run_index;
        let run = info.runs.get(self.run_index as usize - 1);
        // Only the newest run has a state of its own on disk; that of an earlier one is its outcome.
        let status = match run {
            Some(run) if !newest => run.outcome.status(),
            _ if newest => info.status(),
            _ => TaskStatus::Failed,
        };
        LogMessage::End {
            task_name: self.dir.name(),
            log_file_name: self.log_file_name(),
            offset: self.offset,
            run_index: self.run_index,
            status,
        }
    }

    fn read_on(&mut self) -> Option<LogMessage> {
        let mut bytes = match self.read_bytes() {
            Ok(bytes) => bytes,
            Err(error) => {
                tracing::debug!(%error, task = self.dir.name(), "a followed log cannot be read");
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
        let whole = if full { piece::cut_with_more(&bytes) } else { piece::cut_character(&bytes) };
        if whole == 0 {
            return None;
        }
        self.offset += whole as u64;
        bytes.truncate(whole);
        Some(LogMessage::Chunk {
            task_name: self.dir.name(),
            content: piece::text(bytes),
            log_file_name: self.log_file_name(),
            offset: self.offset,
            run_index: self.run_index,
            time_ms: clock::epoch_us() / 1_000,
        })
    }

    /// Leaves something out where the client is too far behind a log that goes on growing, and finds
    /// the new end of a log that became shorter.
    fn skip(&mut self, full: bool) -> io::Result<Option<LogMessage>> {
        let Some(file) = &self.file else { return Ok(None) };
        let size = file.metadata()?.len();
        let grows = size > self.seen_bytes && self.seen_bytes > 0;
        self.seen_bytes = size;
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
            task_name: self.dir.name(),
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
        // Only as much room as is needed: with many readers of many short lines the room is the work.
        let to = file.metadata()?.len().min(self.offset + CHUNK_BYTES);
        piece::read_range(file, self.offset, to)
    }

    fn log_file_name(&self) -> String {
        format!("run{}.log", self.run_index)
    }
}
