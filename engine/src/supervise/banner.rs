//! The lines that begin and end every log.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use common::TaskStatus;

use super::claim::Claim;
use crate::task::{TaskDir, TaskInfo};

/// `[PYRUNS] Task NAME started at …`
pub(super) fn start(claim: &Claim, info: &TaskInfo) {
    let at = info.runs.last().map(|run| common::timestamp::readable(&run.start_time));
    let name = &info.name;
    let line = format!("[PYRUNS] Task {name} started at {}\n", at.unwrap_or_default());
    append(&claim.dir.log(claim.run_index), &line);
}

/// `[PYRUNS] Task NAME finished at … (completed, 1.2 s)`, on a line of its own.
pub(super) fn finish(dir: &TaskDir, run_index: u32, at: &str, status: TaskStatus, detail: &str) {
    let log = dir.log(run_index);
    let gap = if ends_with_newline(&log) { "" } else { "\n" };
    let at = common::timestamp::readable(at);
    let name = dir.name();
    append(&log, &format!("{gap}[PYRUNS] Task {name} finished at {at} ({status}{detail})\n"));
}

fn ends_with_newline(path: &Path) -> bool {
    use std::os::unix::fs::FileExt;
    let mut last = [b'\n'];
    if let Ok(file) = std::fs::File::open(path) {
        let length = file.metadata().map_or(0, |meta| meta.len());
        // An unreadable log is treated as empty: at worst the banner follows on the same line.
        let _ = file.read_exact_at(&mut last, length.saturating_sub(1));
    }
    last == [b'\n']
}

/// One appended write. A log that cannot be written must not stop the run.
pub(super) fn append(path: &Path, text: &str) {
    let file = OpenOptions::new().append(true).create(true).open(path);
    if let Err(error) = file.and_then(|mut file| file.write_all(text.as_bytes())) {
        tracing::warn!(path = %path.display(), %error, "could not append to a log");
    }
}
