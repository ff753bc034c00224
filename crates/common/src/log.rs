//! Requests and responses for reading a run's log, completely or while it grows.

use serde::{Deserialize, Serialize};

/// Default number of bytes returned.
pub const DEFAULT_TAIL_BYTES: u64 = 50_000;
/// Maximum number of bytes in one response.
pub const MAX_READ_BYTES: u64 = 8 << 20;

/// Maximum number of bytes of a line in a window.
pub const MAX_LINE_BYTES: usize = 16 << 10;
/// Maximum number of lines of a window.
pub const MAX_WINDOW_LINES: u64 = 2_000;
/// Default limit of matches of a search.
pub const DEFAULT_MATCHES: u64 = 10_000;

/// `GET /api/tasks/{name}/logs`. Offsets are bytes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct LogQuery {
    /// `run3.log`; the newest run if absent.
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
    /// Byte offset of the end of the part: where to continue.
    pub offset: u64,
}

/// `GET /api/tasks/{name}/logs/window`: some lines, by their numbers, around a byte, or the last ones.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct WindowQuery {
    /// The run, from 1; the newest if absent.
    pub run: Option<u32>,
    /// `run3.log` or `error.log`, instead of a run.
    pub log_file_name: Option<String>,
    /// The number of the first line, from 1.
    pub from_line: Option<u64>,
    /// Without a line: a byte that is in the middle of the window.
    pub offset: Option<u64>,
    /// Number of lines, at most [`MAX_WINDOW_LINES`]; 200 if absent.
    pub lines: Option<u64>,
    /// For the last lines: wait until the lines of the whole log are counted, so that they have numbers.
    pub numbered: bool,
}

/// Lines of a log, as in the file except that long lines are truncated.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LogWindow {
    /// The task.
    pub task_name: String,
    /// The file, empty if there is none yet.
    pub selected_log: String,
    /// All logs of the task, oldest run first, `error.log` last.
    pub available_logs: Vec<String>,
    /// The number of the first line, from 1; null if the lines before it are not counted yet.
    pub from_line: Option<u64>,
    /// The lines, without their ends; invalid UTF-8 is replaced.
    pub lines: Vec<String>,
    /// When each line was first read, in milliseconds since 1970, if known.
    pub times_ms: Vec<Option<u64>>,
    /// Lines of which only a part is here.
    pub long_lines: Vec<LongLine>,
    /// Whether the last line has no end yet.
    pub last_line_open: bool,
    /// The byte offset at which the first line begins.
    pub offset: u64,
    /// The byte offset after the last line: where a stream continues.
    pub end_offset: u64,
    /// Number of lines of the log; null if they are not counted yet.
    pub total_lines: Option<u64>,
    /// How many bytes the log has.
    pub size: u64,
    /// Time of the run's first output, in milliseconds since 1970, if known.
    pub started_ms: Option<u64>,
    /// Whether the run accepts input: it is active and has a terminal.
    pub takes_input: bool,
}

/// A line of which a window shows a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LongLine {
    /// Its number, from 1; relative to the window if the window has no line numbers.
    pub line: u64,
    /// How many bytes it has.
    pub bytes: u64,
}

/// `GET /api/tasks/{name}/logs/search`, and with the fields of a task list `GET /api/logs/search`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct SearchQuery {
    /// The text to search for.
    pub q: String,
    /// Whether it is a regular expression.
    pub regex: bool,
    /// Whether the search is case-sensitive.
    pub case: bool,
    /// The run, from 1; the newest if absent.
    pub run: Option<u32>,
    /// `run3.log` or `error.log`, instead of a run.
    pub log_file_name: Option<String>,
    /// Maximum number of matching lines to list; all are counted. [`DEFAULT_MATCHES`] if absent.
    pub limit: Option<u64>,
    /// Only the numbers of the lines, many in a message.
    pub numbers: bool,
}

/// `GET /api/logs/search`: the logs of many tasks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct SearchAllQuery {
    /// The text to search for.
    pub q: String,
    /// Whether it is a regular expression.
    pub regex: bool,
    /// Whether the search is case-sensitive.
    pub case: bool,
    /// Every run of each task, and not only the newest.
    pub all_runs: bool,
    /// The most matching lines to list; all are counted.
    pub limit: Option<u64>,
    /// Only these tasks: names, one per line.
    pub tasks: String,
    /// The filter of the task list.
    pub query: String,
    /// The status of the task list; empty means all.
    pub status: String,
}

/// A line of the response of a search.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum SearchMessage {
    /// A line that matches.
    Match {
        /// The task.
        task_name: String,
        /// The log.
        log_file_name: String,
        /// The number of the line, from 1.
        line: u64,
        /// The line as it is read, or the part of it around the first match.
        text: String,
        /// Which bytes of `text` match: from, to.
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<Vec<u32>>))]
        ranges: Vec<(u32, u32)>,
    },
    /// Numbers of matching lines, if only they were requested.
    Lines {
        /// From 1, increasing.
        lines: Vec<u64>,
    },
    /// Everything was looked at.
    Done {
        /// How many lines match, listed or not.
        matches: u64,
        /// How many logs were searched.
        logs: u64,
        /// How many bytes they have.
        bytes: u64,
        /// Whether some matches are not listed.
        limited: bool,
    },
}

/// `POST /api/tasks/{name}/input`: input for the terminal of a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InputRequest {
    /// The text; a line ends with `\n`. Ctrl-C is `\u{3}`, Ctrl-D `\u{4}`.
    pub text: String,
}

/// The response of a terminal input.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InputTaken {
    /// Always true.
    pub ok: bool,
    /// The run that it went to, from 1.
    pub run_index: u32,
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
        /// When the server saw it, in milliseconds since 1970.
        time_ms: u64,
    },
    /// The client could not follow: something is left out, or the file became shorter.
    Skipped {
        /// The task.
        task_name: String,
        /// The file.
        log_file_name: String,
        /// Byte offset of the omitted part.
        from_offset: u64,
        /// Byte offset at which the stream goes on: the beginning of a line.
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

/// The union of the fields of all messages; [`crate::live`] explains why it is deserialized
/// manually.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    #[serde(rename = "type")]
    kind: String,
    task_name: String,
    content: String,
    log_file_name: String,
    offset: u64,
    from_offset: u64,
    time_ms: u64,
    run_index: u32,
    status: crate::TaskStatus,
}

impl TryFrom<serde_json::Value> for LogMessage {
    type Error = crate::json_tree::Error;

    fn try_from(value: serde_json::Value) -> Result<Self, Self::Error> {
        let fields: Fields = crate::json_tree::from_tree(value)?;
        let Fields { kind, task_name, content, log_file_name, offset, run_index, .. } = fields;
        let Fields { from_offset, time_ms, status, .. } = fields;
        Ok(match kind.as_str() {
            "chunk" => {
                Self::Chunk { task_name, content, log_file_name, offset, run_index, time_ms }
            }
            "skipped" => Self::Skipped { task_name, log_file_name, from_offset, offset, run_index },
            "end" => Self::End { task_name, log_file_name, offset, run_index, status },
            "run" => Self::Run { task_name, log_file_name, run_index },
            other => {
                return Err(crate::json_tree::Error::new(format!(
                    "no message is called {other:?}"
                )));
            }
        })
    }
}
