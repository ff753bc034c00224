//! Reads a journal in chunks of complete lines.

use std::fs::File;
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use memchr::memrchr;

use super::run_data::RunData;
use store::{Error, Result};

/// Block size for reading.
const BLOCK_BYTES: usize = 1 << 18;
/// A longer line is invalid and is skipped.
const MAX_LINE_BYTES: usize = 1 << 24;

/// Identity and size of a journal file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct JournalStat {
    pub inode: u64,
    pub bytes: u64,
}

impl JournalStat {
    /// Of the journal at a path; `None` if it does not exist.
    pub(crate) fn at(path: &Path) -> Option<Self> {
        let meta = std::fs::metadata(path).ok()?;
        Some(Self { inode: meta.ino(), bytes: meta.len() })
    }
}

/// Reads the journal from the cursor of `data` on. Returns whether the journal exists.
///
/// With `to_end`, a last line without a line break counts too, if it is complete: the run has
/// ended, so that no more will be written.
///
/// # Errors
/// When the journal exists but cannot be read.
pub(crate) fn read_new<F>(
    path: &Path,
    data: &mut RunData,
    to_end: bool,
    mut value: F,
) -> Result<bool>
where
    F: FnMut(usize, &[u8]),
{
    read_chunks(path, data.cursor, to_end, |chunk| data.read(chunk, &mut value))
}

/// Passes the journal from `cursor` on to `take` in chunks of complete lines.
///
/// # Errors
/// When the journal exists but cannot be read.
pub(crate) fn read_chunks(
    path: &Path,
    cursor: u64,
    to_end: bool,
    mut take: impl FnMut(&[u8]),
) -> Result<bool> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Error::io("reading the journal", path)(error)),
    };
    let read_error = |error| Error::io("reading the journal", path)(error);
    file.seek(SeekFrom::Start(cursor)).map_err(read_error)?;
    let mut buffer = vec![0; BLOCK_BYTES];
    let mut filled = 0;
    loop {
        let read = match file.read(&mut buffer[filled..]) {
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(read_error(error)),
        };
        if read == 0 {
            break;
        }
        let searched = filled;
        filled += read;
        match memrchr(b'\n', &buffer[searched..filled]) {
            Some(end) => {
                let end = searched + end + 1;
                take(&buffer[..end]);
                buffer.copy_within(end..filled, 0);
                filled -= end;
            }
            None if filled == buffer.len() && filled >= MAX_LINE_BYTES => {
                take(&buffer[..filled]);
                filled = 0;
            }
            None => {}
        }
        if filled == buffer.len() {
            buffer.resize(filled * 2, 0);
        }
    }
    if to_end && filled > 0 {
        take(&buffer[..filled]);
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use super::*;

    #[test]
    fn a_journal_is_followed_line_by_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("run1.journal.jsonl");
        let mut data = RunData::new(true);
        assert!(!read_new(&path, &mut data, false, |_, _| ()).unwrap());
        let mut file = File::create(&path).unwrap();
        let mut count = 0;
        for part in [
            "{\"t\":1,\"track\":{\"a\":1}}\n{\"t\":2,\"tra",
            "ck\":{\"a\":2}}\n",
            "\u{0}\n{\"track\":{\"a\":3}}",
        ] {
            file.write_all(part.as_bytes()).unwrap();
            read_new(&path, &mut data, false, |_, _| count += 1).unwrap();
        }
        assert_eq!((count, data.keys[0].aggregate.last), (2, Some(2.0)));
        read_new(&path, &mut data, true, |_, _| ()).unwrap();
        assert_eq!(data.keys[0].aggregate.last, Some(3.0));
        assert_eq!(data.cursor, fs::metadata(&path).unwrap().len());
    }

    #[test]
    fn lines_longer_than_a_chunk_are_complete() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("run1.journal.jsonl");
        let long = "x".repeat(3 * BLOCK_BYTES);
        let text = format!("{{\"record\":{{\"n\":\"{long}\"}}}}\n{{\"track\":{{\"a\":5}}}}\n");
        fs::write(&path, text).unwrap();
        let mut data = RunData::new(false);
        read_new(&path, &mut data, false, |_, _| ()).unwrap();
        assert_eq!(data.record["n"], long);
        assert_eq!(data.keys[0].aggregate.max, Some(5.0));
    }
}
