//! Reads a window of consecutive lines of a log.

use std::fs::File;
use std::io;

use common::log::{LogWindow, MAX_WINDOW_LINES, WindowQuery};

use super::LineIndexes;
use super::line_index::LineStart;
use super::lines::{Lines, read_lines};
use super::{files, input, line_times, piece};
use store::task::TaskDir;
use store::task::paths::run_of;
use store::{Error, Result};

/// Default number of lines.
const DEFAULT_LINES: u64 = 200;
/// How much of the end of a log is searched for its last lines.
const TAIL_BYTES: u64 = 16 << 20;

/// The position of a window in its log.
struct WindowPosition {
    from: LineStart,
    numbered: bool,
    total_lines: Option<u64>,
    size: u64,
}

/// Reads a window of one of a task's logs.
///
/// # Errors
/// When the task has no such log.
pub fn window(indexes: &LineIndexes, dir: &TaskDir, query: &WindowQuery) -> Result<LogWindow> {
    let requested = files::requested_name(query.run, query.log_file_name.as_deref());
    let (available_logs, selected) = files::select(dir, requested.as_deref())?;
    let mut window =
        LogWindow { task_name: dir.name().to_string(), available_logs, ..LogWindow::default() };
    if let Some(log) = selected {
        fill(indexes, &mut window, dir, &log, query)?;
        window.selected_log = log;
    } else {
        (window.from_line, window.total_lines) = (Some(1), Some(0));
    }
    Ok(window)
}

fn fill(
    indexes: &LineIndexes,
    window: &mut LogWindow,
    dir: &TaskDir,
    log: &str,
    query: &WindowQuery,
) -> Result<()> {
    let path = dir.run_logs().join(log);
    let failed = || Error::io("reading the log", &path);
    let file = File::open(&path).map_err(failed())?;
    let count = query.lines.unwrap_or(DEFAULT_LINES).clamp(1, MAX_WINDOW_LINES);
    let position = position(indexes, &path, &file, query, count).map_err(failed())?;
    let lines = read_lines(&file, position.from, count, position.size).map_err(failed())?;
    let Lines { texts, starts, long, end } = lines;
    let last = piece::read_range(&file, end.saturating_sub(1), end).map_err(failed())?;
    window.last_line_open = !texts.is_empty() && last != b"\n";
    if let Some(run_index) = run_of(log, ".log") {
        let times = line_times::read(&dir.line_times(run_index));
        window.started_ms = times.first().map(|entry| entry.time_ms);
        window.times_ms = line_times::of_lines(&times, &starts);
        window.takes_input = input::is_open(dir, run_index);
    }
    window.from_line = position.numbered.then_some(position.from.line + 1);
    window.offset = position.from.byte;
    (window.lines, window.long_lines, window.end_offset) = (texts, long, end);
    (window.total_lines, window.size) = (position.total_lines, position.size);
    Ok(())
}

fn position(
    indexes: &LineIndexes,
    path: &std::path::Path,
    file: &File,
    query: &WindowQuery,
    count: u64,
) -> io::Result<WindowPosition> {
    let numbered =
        |from, lines, size| WindowPosition { from, numbered: true, total_lines: Some(lines), size };
    match (query.from_line, query.offset) {
        (Some(line), _) => indexes.with(path, file, |index| {
            let from = index.line(file, line.saturating_sub(1))?;
            Ok(numbered(from, index.lines(), index.size()))
        }),
        (None, Some(byte)) => indexes.with(path, file, |index| {
            let middle = index.line_at(file, byte)?;
            let from = index.line(file, middle.line.saturating_sub(count / 2))?;
            Ok(numbered(from, index.lines(), index.size()))
        }),
        (None, None) => {
            let last = |index: &super::line_index::LineIndex| {
                let from = index.line(file, index.lines().saturating_sub(count))?;
                Ok(numbered(from, index.lines(), index.size()))
            };
            if query.numbered {
                return indexes.with(path, file, last);
            }
            match indexes.with_if_quick(path, file, last)? {
                Some(position) => Ok(position),
                None => unnumbered_end(file, count),
            }
        }
    }
}

/// The last lines of a log that has no complete line index.
fn unnumbered_end(file: &File, count: u64) -> io::Result<WindowPosition> {
    let size = file.metadata()?.len();
    let floor = size.saturating_sub(TAIL_BYTES);
    let byte = piece::tail_start(file, size, count, floor)?;
    Ok(WindowPosition {
        from: LineStart { line: 0, byte },
        numbered: false,
        total_lines: None,
        size,
    })
}
