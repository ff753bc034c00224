//! Reading a journal piece by piece, in whole lines.

use std::fs::File;
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use memchr::memrchr;

use super::run_data::RunData;
use store::{Error, Result};

/// How much is read at a time.
const CHUNK: usize = 1 << 18;
/// A longer line is none of ours; it is passed over.
const LONGEST_LINE: usize = 1 << 24;

/// A journal as it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub inode: u64,
    pub bytes: u64,
}

impl Found {
    /// The journal at a path; nothing where there is none.
    pub(crate) fn at(path: &Path) -> Option<Self> {
        let meta = std::fs::metadata(path).ok()?;
        Some(Self { inode: meta.ino(), bytes: meta.len() })
    }
}

/// Takes into `data` what the journal holds behind its cursor. Answers whether there is a journal.
///
/// With `to_end`, a last line without a line break counts too, where it is whole: nobody will write
/// on.
///
/// # Errors
/// When the journal exists but cannot be read.
pub(crate) fn read_on<F>(
    path: &Path,
    data: &mut RunData,
    to_end: bool,
    mut value: F,
) -> Result<bool>
where
    F: FnMut(usize, &[u8]),
{
    read_pieces(path, data.cursor, to_end, |piece| data.read(piece, &mut value))
}

/// Hands out the journal from `cursor` on in pieces of whole lines.
///
/// # Errors
/// When the journal exists but cannot be read.
pub(crate) fn read_pieces(
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
    let tell = |error| Error::io("reading the journal", path)(error);
    file.seek(SeekFrom::Start(cursor)).map_err(tell)?;
    let mut buffer = vec![0; CHUNK];
    let mut filled = 0;
    loop {
        let read = match file.read(&mut buffer[filled..]) {
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(tell(error)),
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
            None if filled == buffer.len() && filled >= LONGEST_LINE => {
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
        assert!(!read_on(&path, &mut data, false, |_, _| ()).unwrap());
        let mut file = File::create(&path).unwrap();
        let mut count = 0;
        for part in [
            "{\"t\":1,\"track\":{\"a\":1}}\n{\"t\":2,\"tra",
            "ck\":{\"a\":2}}\n",
            "\u{0}\n{\"track\":{\"a\":3}}",
        ] {
            file.write_all(part.as_bytes()).unwrap();
            read_on(&path, &mut data, false, |_, _| count += 1).unwrap();
        }
        assert_eq!((count, data.keys[0].aggregate.last), (2, Some(2.0)));
        read_on(&path, &mut data, true, |_, _| ()).unwrap();
        assert_eq!(data.keys[0].aggregate.last, Some(3.0));
        assert_eq!(data.cursor, fs::metadata(&path).unwrap().len());
    }

    #[test]
    fn lines_longer_than_a_chunk_are_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("run1.journal.jsonl");
        let long = "x".repeat(3 * CHUNK);
        let text = format!("{{\"record\":{{\"n\":\"{long}\"}}}}\n{{\"track\":{{\"a\":5}}}}\n");
        fs::write(&path, text).unwrap();
        let mut data = RunData::new(false);
        read_on(&path, &mut data, false, |_, _| ()).unwrap();
        assert_eq!(data.record["n"], long);
        assert_eq!(data.keys[0].aggregate.max, Some(5.0));
    }
}
