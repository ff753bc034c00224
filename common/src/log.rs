//! Reading a run's log, whole or as it grows.

use serde::{Deserialize, Serialize};

/// Bytes returned when nothing else is asked for.
pub const DEFAULT_TAIL_BYTES: u64 = 50_000;
/// The most bytes one answer holds, whatever is asked for.
pub const MAX_READ_BYTES: u64 = 8 << 20;

/// `GET /api/tasks/{name}/logs`. Offsets are bytes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct LogQuery {
    /// `run3.log`; nothing means the newest run.
    pub log_file_name: Option<String>,
    /// Read from here; nothing means the tail.
    pub offset: Option<u64>,
    /// Without an offset: how many bytes of the end.
    pub tail_bytes: Option<u64>,
    /// Without an offset: how many lines of the end.
    pub tail_lines: Option<u64>,
    /// With an offset: the most bytes to return.
    pub chunk_size: Option<u64>,
}

/// A piece of a log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LogChunk {
    /// The task.
    pub task_name: String,
    /// The file the piece is from, empty when there is none yet.
    pub selected_log: String,
    /// All logs of the task, oldest run first, `error.log` last.
    pub available_logs: Vec<String>,
    /// The text; invalid UTF-8 is replaced.
    pub content: String,
    /// Byte offset of the end of the piece: where to read on.
    pub offset: u64,
}

/// A message of `WS /api/tasks/{name}/logs/stream`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "lowercase", try_from = "serde_json::Value")]
pub enum LogMessage {
    /// Text was appended.
    Chunk {
        /// The task.
        task_name: String,
        /// The text.
        content: String,
        /// The file it was appended to.
        log_file_name: String,
        /// Byte offset of the end of the chunk.
        offset: u64,
        /// The run, from 1.
        run_index: u32,
    },
    /// The run has ended and all of its log was sent.
    End {
        /// The task.
        task_name: String,
        /// The file.
        log_file_name: String,
        /// Its length.
        offset: u64,
        /// The run, from 1.
        run_index: u32,
        /// How it ended.
        status: crate::TaskStatus,
    },
    /// A new run of the task starts on this socket.
    Run {
        /// The task.
        task_name: String,
        /// The file that follows from offset 0.
        log_file_name: String,
        /// The run, from 1.
        run_index: u32,
    },
}

/// The fields of all messages together; see the remark in [`crate::live`] on reading by hand.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    #[serde(rename = "type")]
    kind: String,
    task_name: String,
    content: String,
    log_file_name: String,
    offset: u64,
    run_index: u32,
    status: crate::TaskStatus,
}

impl TryFrom<serde_json::Value> for LogMessage {
    type Error = serde_json::Error;

    fn try_from(value: serde_json::Value) -> Result<Self, Self::Error> {
        let Fields { kind, task_name, content, log_file_name, offset, run_index, status } =
            serde_json::from_value(value)?;
        Ok(match kind.as_str() {
            "chunk" => Self::Chunk { task_name, content, log_file_name, offset, run_index },
            "end" => Self::End { task_name, log_file_name, offset, run_index, status },
            "run" => Self::Run { task_name, log_file_name, run_index },
            other => {
                return Err(serde::de::Error::custom(format!("no message is called {other:?}")));
            }
        })
    }
}
