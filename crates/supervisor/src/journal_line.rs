//! Lines of a run's journal, as its supervisor writes them.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::Path;

use serde_json::{Value, json};

use store::clock;
use store::disk::open_append_and_read;

/// Adds points to a journal: one line with one write, as the run's own processes do it.
pub(crate) fn append(journal: &Path, track: &Value) {
    let Ok(mut file) = open_append_and_read(journal) else { return };
    let mut line = String::new();
    if is_torn(&file) {
        line.push('\n');
    }
    line.push_str(&json!({ "t": clock::epoch_s(), "track": track }).to_string());
    line.push('\n');
    // A full disk is the run's own trouble; what is missing here is a point of a curve.
    let _ = file.write_all(line.as_bytes());
}

/// Whether the last line was cut off by the death of its writer.
fn is_torn(file: &File) -> bool {
    let Some(end) = file.metadata().ok().and_then(|meta| meta.len().checked_sub(1)) else {
        return false;
    };
    let mut byte = [0];
    file.read_exact_at(&mut byte, end).is_ok() && byte != *b"\n"
}
