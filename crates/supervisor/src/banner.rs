//! The first and the last line of every log.

use std::io::Write;
use std::path::Path;

use common::TaskStatus;

use super::claim::Claim;
use store::disk::open_append;
use store::task::{TaskDir, TaskInfo};

/// `[PYRUNS] Task NAME started at …`
pub(crate) fn start(claim: &Claim, info: &TaskInfo) {
    let at = info.runs.last().map(|run| common::timestamp::readable(&run.start_time));
    let name = &info.name;
    let line = format!("[PYRUNS] Task {name} started at {}\n", at.unwrap_or_default());
    append(&claim.dir.log(claim.run_index), &line);
}

/// `[PYRUNS] Task NAME finished at … (completed, 1.2 s)`, on its own line; appended only once, even
/// if writing the end of the run is retried.
pub(crate) fn finish(dir: &TaskDir, run_index: u32, at: &str, status: TaskStatus, detail: &str) {
    let log = dir.log(run_index);
    let beginning = format!("[PYRUNS] Task {} finished at ", dir.name());
    let end = end_of(&log);
    let last_line = end.trim_end().rsplit('\n').next().unwrap_or_default();
    if last_line.starts_with(&beginning) {
        return;
    }
    let gap = if end.is_empty() || end.ends_with('\n') { "" } else { "\n" };
    let at = common::timestamp::readable(at);
    append(&log, &format!("{gap}{beginning}{at} ({status}{detail})\n"));
}

/// The last 2 KiB of a log. An unreadable log is treated as empty: at worst, the banner continues
/// the last line.
fn end_of(path: &Path) -> String {
    use std::os::unix::fs::FileExt;
    let Ok(file) = std::fs::File::open(path) else {
        return String::new();
    };
    let length = file.metadata().map_or(0, |meta| meta.len());
    let mut buffer = vec![0; usize::try_from(length.min(2048)).unwrap_or(2048)];
    let read = file.read_exact_at(&mut buffer, length.saturating_sub(2048));
    if read.is_ok() { String::from_utf8_lossy(&buffer).into_owned() } else { String::new() }
}

/// Appends with one write. An error is logged and does not stop the run.
pub(crate) fn append(path: &Path, text: &str) {
    if let Err(error) = open_append(path).and_then(|mut file| file.write_all(text.as_bytes())) {
        tracing::warn!(path = %path.display(), %error, "could not append to a log");
    }
}
