//! The `TFRecord` format: `tensorflow/core/lib/io/record_writer.h`.

use std::io::{self, Write};

use super::crc::masked;

/// A larger length is treated as damage.
const MAX_RECORD_BYTES: u64 = 1 << 30;

/// The result of reading a record from a buffer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next<'a> {
    /// A record, and its encoded length.
    Record(&'a [u8], usize),
    /// An incomplete record; its encoded length, as far as known.
    Unfinished(usize),
    /// Damaged: a checksum is wrong.
    Damaged,
}

/// Reads the first record of a buffer.
pub(super) fn next(bytes: &[u8]) -> Next<'_> {
    let Some((head, rest)) = bytes.split_at_checked(12) else {
        return Next::Unfinished(12);
    };
    let (length, sum) = head.split_at(8);
    let number = length.try_into().map_or(u64::MAX, u64::from_le_bytes);
    if number > MAX_RECORD_BYTES || checksum_differs(length, sum) {
        return Next::Damaged;
    }
    let len = usize::try_from(number).unwrap_or(usize::MAX);
    let (Some(data), Some(sum)) = (rest.get(..len), rest.get(len..len + 4)) else {
        return Next::Unfinished(len + 16);
    };
    if checksum_differs(data, sum) { Next::Damaged } else { Next::Record(data, len + 16) }
}

fn checksum_differs(bytes: &[u8], sum: &[u8]) -> bool {
    sum.try_into().map_or(0, u32::from_le_bytes) != masked(bytes)
}

/// Writes a record.
pub(super) fn write(out: &mut dyn Write, data: &[u8]) -> io::Result<()> {
    let length = (data.len() as u64).to_le_bytes();
    out.write_all(&length)?;
    out.write_all(&masked(&length).to_le_bytes())?;
    out.write_all(data)?;
    out.write_all(&masked(data).to_le_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_back_and_damage_is_seen() {
        let mut bytes = Vec::new();
        write(&mut bytes, b"hello").unwrap();
        write(&mut bytes, b"").unwrap();
        let Next::Record(data, len) = next(&bytes) else { panic!("no record") };
        assert_eq!((data, len), (&b"hello"[..], 21));
        assert_eq!(next(&bytes[len..]), Next::Record(b"", 16));
        assert_eq!(next(&bytes[..18]), Next::Unfinished(21));
        for place in 0..21 {
            let mut broken = bytes.clone();
            broken[place] ^= 4;
            assert_eq!(next(&broken), Next::Damaged, "{place}");
        }
    }
}
