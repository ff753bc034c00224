//! Lines that the supervisor adds to a run's journal.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::Path;

use serde_json::{Value, json};

use store::clock;
use store::disk::open_append_and_read;

/// Appends points to a journal: one line with one write, like the run's own processes.
pub(crate) fn append(journal: &Path, track: &Value) {
    let Ok(mut file) = open_append_and_read(journal) else { return };
    let mut line = String::new();
    if is_torn(&file) {
        line.push('\n');
    }
    line.push_str(&json!({ "t": clock::epoch_s(), "track": track }).to_string());
    line.push('\n');
    // If the disk is full, only these points of the curves are lost.
    let _ = file.write_all(line.as_bytes());
}

/// Whether the last line is incomplete because its writer died.
fn is_torn(file: &File) -> bool {
    let Some(end) = file.metadata().ok().and_then(|meta| meta.len().checked_sub(1)) else {
        return false;
    };
    let mut byte = [0];
    file.read_exact_at(&mut byte, end).is_ok() && byte != *b"\n"
}
