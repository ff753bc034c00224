//! Reads a byte range of a log.

use std::io::ErrorKind;

use common::log::{DEFAULT_TAIL_BYTES, LogChunk, LogQuery, MAX_READ_BYTES};

use super::{files, piece};
use store::task::TaskDir;
use store::{Error, Result};

/// Reads a range of one of a task's logs, of at most [`MAX_READ_BYTES`].
///
/// # Errors
/// When the task has no such log.
pub fn read(dir: &TaskDir, query: &LogQuery) -> Result<LogChunk> {
    let (available_logs, selected) = files::select(dir, query.log_file_name.as_deref())?;
    let (content, offset) = match &selected {
        Some(log) => read_piece(dir, log, query)?,
        None => (String::new(), 0),
    };
    let selected_log = selected.unwrap_or_default();
    Ok(LogChunk {
        task_name: dir.name().to_string(),
        selected_log,
        available_logs,
        content,
        offset,
    })
}

fn read_piece(dir: &TaskDir, log: &str, query: &LogQuery) -> Result<(String, u64)> {
    let path = dir.run_logs().join(log);
    let doing = "reading the log";
    let not_found = || Error::NotFound(format!("Log '{log}' of task '{}' not found", dir.name()));
    let file = dir.open(format!("run_logs/{log}")).map_err(|error| match error.kind() {
        ErrorKind::NotFound => not_found(),
        _ => Error::io(doing, &path)(error),
    })?;
    let size = file.metadata().map_err(Error::io(doing, &path))?.len();
    let (from, to) = match (query.offset, query.tail_lines, query.tail_bytes) {
        (Some(offset), ..) => {
            let chunk = query.chunk_size.unwrap_or(DEFAULT_TAIL_BYTES).clamp(1, MAX_READ_BYTES);
            (offset.min(size), size.min(offset.saturating_add(chunk)))
        }
        (None, Some(lines), _) => {
            let floor = size.saturating_sub(MAX_READ_BYTES);
            let start = piece::tail_start(&file, size, lines, floor);
            (start.map_err(Error::io(doing, &path))?, size)
        }
        (None, None, bytes) => {
            let bytes = bytes.unwrap_or(DEFAULT_TAIL_BYTES).min(MAX_READ_BYTES);
            (size.saturating_sub(bytes), size)
        }
    };
    let mut bytes = piece::read_range(&file, from, to).map_err(Error::io(doing, &path))?;
    if query.offset.is_some() && to < size {
        bytes.truncate(piece::cut_with_more(&bytes));
    }
    let skipped =
        if query.offset.is_none() && from > 0 { piece::skip_continuation(&bytes) } else { 0 };
    let end = from + bytes.len() as u64;
    Ok((String::from_utf8_lossy(&bytes[skipped..]).into_owned(), end))
}
