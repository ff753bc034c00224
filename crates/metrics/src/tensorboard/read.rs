//! Reads scalars from event files.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::proto::{Field, fields};
use super::record::{Next, next};
use store::{Error, Result};

/// Block size for reading.
const BLOCK_BYTES: usize = 1 << 20;
/// A longer record contains images or a graph, and no scalars: it is skipped.
const MAX_SCALAR_RECORD_BYTES: usize = 8 << 20;
/// The first types of `DataType` (tensorflow/core/framework/types.proto).
const FLOAT: u64 = 1;
const DOUBLE: u64 = 2;

/// A point of a curve.
#[derive(Debug, PartialEq)]
pub struct Scalar<'a> {
    pub tag: &'a str,
    /// Seconds since 1970.
    pub t: f64,
    pub step: i64,
    pub value: f64,
}

/// How far a file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ReadState {
    /// Length of the complete records that were read.
    pub offset: u64,
    /// Whether a checksum was wrong: everything after it is ignored.
    pub is_damaged: bool,
}

/// Passes the scalars of a file to `take`, starting where reading stopped; an incomplete record at
/// the end is read the next time.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn read_scalars(
    path: &Path,
    mut state: ReadState,
    take: &mut dyn FnMut(Scalar<'_>),
) -> Result<ReadState> {
    let read_error = |error| Error::io("reading the event file", path)(error);
    let mut file = File::open(path).map_err(read_error)?;
    file.seek(SeekFrom::Start(state.offset)).map_err(read_error)?;
    let mut bytes = Vec::new();
    let mut block_bytes = BLOCK_BYTES;
    while !state.is_damaged {
        let read =
            file.by_ref().take(block_bytes as u64).read_to_end(&mut bytes).map_err(read_error)?;
        let (mut consumed, mut skip) = (0, 0);
        loop {
            match next(&bytes[consumed..]) {
                Next::Record(data, len) => {
                    scalars(data, take);
                    consumed += len;
                }
                Next::Unfinished(len) if len > MAX_SCALAR_RECORD_BYTES => {
                    skip = len as u64;
                    break;
                }
                Next::Unfinished(len) => {
                    block_bytes = len.max(BLOCK_BYTES);
                    break;
                }
                Next::Damaged => {
                    state.is_damaged = true;
                    break;
                }
            }
        }
        state.offset += consumed as u64;
        bytes.drain(..consumed);
        if skip > 0 {
            if state.offset + skip > file.metadata().map_err(read_error)?.len() {
                break;
            }
            state.offset += skip;
            bytes.clear();
            file.seek(SeekFrom::Start(state.offset)).map_err(read_error)?;
            continue;
        }
        if read == 0 {
            break;
        }
    }
    Ok(state)
}

/// The scalars of one event.
fn scalars(event: &[u8], take: &mut dyn FnMut(Scalar<'_>)) {
    let (mut t, mut step, mut summary) = (0.0, 0, None);
    for (number, field) in fields(event) {
        match number {
            1 => t = field.double().unwrap_or(t),
            2 => step = field.varint().unwrap_or(0).cast_signed(),
            5 => summary = field.bytes(),
            _ => {}
        }
    }
    let values = summary.into_iter().flat_map(fields).filter(|(number, _)| *number == 1);
    for value in values.filter_map(|(_, value)| value.bytes()) {
        if let Some((tag, value)) = scalar(value) {
            take(Scalar { tag, t, step, value });
        }
    }
}

/// Tag and number of a `Summary.Value`; `None` for images, histograms and texts.
fn scalar(value: &[u8]) -> Option<(&str, f64)> {
    let (mut tag, mut number) = (None, None);
    for (field, content) in fields(value) {
        match field {
            1 => tag = content.text(),
            2 => number = content.float().map(f64::from),
            8 => number = content.bytes().and_then(tensor),
            _ => {}
        }
    }
    tag.zip(number)
}

/// The number in a tensor with one element (tensorflow/core/framework/tensor.proto), the newer
/// format of scalars.
fn tensor(tensor: &[u8]) -> Option<f64> {
    let mut kind = 0;
    let mut number = None;
    for (field, content) in fields(tensor) {
        match (field, content) {
            (1, Field::Varint(of)) => kind = of,
            // A shape with a dimension that is not 1 is not a scalar.
            (2, Field::Bytes(shape)) => {
                let dims = fields(shape).filter(|(number, _)| *number == 2);
                let sizes = dims.filter_map(|(_, dim)| fields(dim.bytes()?).find(|(n, _)| *n == 1));
                if sizes.filter_map(|(_, size)| size.varint()).any(|size| size != 1) {
                    return None;
                }
            }
            (4, Field::Bytes(bytes)) => number = of_bytes(bytes, kind),
            (5, Field::Fixed32(bytes)) => number = Some(f64::from(f32::from_le_bytes(bytes))),
            (5, Field::Bytes(bytes)) => number = of_bytes(bytes, FLOAT),
            (6, Field::Fixed64(bytes)) => number = Some(f64::from_le_bytes(bytes)),
            (6, Field::Bytes(bytes)) => number = of_bytes(bytes, DOUBLE),
            _ => {}
        }
    }
    number
}

fn of_bytes(bytes: &[u8], kind: u64) -> Option<f64> {
    match kind {
        FLOAT => Some(f64::from(f32::from_le_bytes(bytes.try_into().ok()?))),
        DOUBLE => Some(f64::from_le_bytes(bytes.try_into().ok()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::io::Write;

    use super::super::EventWriter;
    use super::super::proto::{put_bytes, put_double, put_varint};
    use super::super::record;
    use super::*;

    fn read(path: &Path, state: ReadState) -> (Vec<(String, f64, i64, f64)>, ReadState) {
        let mut all = Vec::new();
        let mut take = |one: Scalar<'_>| all.push((one.tag.to_owned(), one.t, one.step, one.value));
        let state = read_scalars(path, state, &mut take).unwrap();
        (all, state)
    }

    #[test]
    fn a_file_is_followed_record_by_record() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("events.out.tfevents.1");
        let mut bytes = Vec::new();
        let mut writer = EventWriter::new(&mut bytes).unwrap();
        for step in [-1, 5, 7] {
            writer
                .scalars(
                    9.5,
                    step,
                    &[(Cow::Borrowed("loss/训"), 0.25), (Cow::Borrowed("n"), f64::NAN)],
                )
                .unwrap();
        }
        std::fs::write(&path, &bytes[..bytes.len() - 3]).unwrap();
        let (scalars, state) = read(&path, ReadState::default());
        assert_eq!(scalars.len(), 4);
        assert_eq!(scalars[0], ("loss/训".to_owned(), 9.5, -1, 0.25));
        std::fs::write(&path, &bytes).unwrap();
        let (scalars, state) = read(&path, state);
        assert_eq!((scalars.len(), scalars[0].2), (2, 7));
        let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(&[7; 40]).unwrap();
        let (scalars, state) = read(&path, state);
        assert!(scalars.is_empty() && state.is_damaged);
    }

    #[test]
    fn oversized_records_are_skipped() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("events.out.tfevents.1");
        let mut file = File::create(&path).unwrap();
        let scalar = |file: &mut File, step| {
            let mut bytes = Vec::new();
            let mut writer = EventWriter::new(&mut bytes).unwrap();
            writer.scalars(1.0, step, &[(Cow::Borrowed("loss"), 0.5)]).unwrap();
            file.write_all(&bytes).unwrap();
        };
        scalar(&mut file, 1);
        record::write(&mut file, &vec![0; MAX_SCALAR_RECORD_BYTES + 1]).unwrap();
        scalar(&mut file, 2);
        let (scalars, state) = read(&path, ReadState::default());
        assert_eq!(scalars.iter().map(|it| it.2).collect::<Vec<_>>(), [1, 2]);
        assert_eq!((state.offset, state.is_damaged), (file.metadata().unwrap().len(), false));
        // Half of another record is read later.
        let before = file.metadata().unwrap().len();
        record::write(&mut file, &vec![0; MAX_SCALAR_RECORD_BYTES + 1]).unwrap();
        file.set_len(before + 1000).unwrap();
        assert_eq!(read(&path, state).1, state);
    }

    #[test]
    fn scalars_in_tensors_are_read() {
        let mut tensor = Vec::new();
        put_varint(&mut tensor, 1, FLOAT);
        put_bytes(&mut tensor, 2, b"");
        put_bytes(&mut tensor, 4, &1.5_f32.to_le_bytes());
        let mut value = Vec::new();
        put_bytes(&mut value, 1, b"acc");
        put_bytes(&mut value, 8, &tensor);
        let mut summary = Vec::new();
        put_bytes(&mut summary, 1, &value);
        let mut event = Vec::new();
        put_double(&mut event, 1, 2.0);
        put_bytes(&mut event, 5, &summary);
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("events");
        record::write(&mut File::create(&path).unwrap(), &event).unwrap();
        assert_eq!(read(&path, ReadState::default()).0, [("acc".to_owned(), 2.0, 0, 1.5)]);
    }
}
