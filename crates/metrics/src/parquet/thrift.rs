//! Thrift's compact protocol, as far as Parquet's headers need it.

/// Type ids of the protocol.
const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// A struct under construction: its bytes, and the id of its last field.
#[derive(Default)]
pub(super) struct Struct {
    bytes: Vec<u8>,
    last: u8,
}

impl Struct {
    pub(super) fn int(self, field: u8, value: usize) -> Self {
        self.put(field, I32, &number(value))
    }

    pub(super) fn long(self, field: u8, value: usize) -> Self {
        self.put(field, I64, &number(value))
    }

    pub(super) fn text(self, field: u8, text: &str) -> Self {
        self.put(field, BINARY, &binary(text))
    }

    pub(super) fn inner(self, field: u8, inner: Self) -> Self {
        self.put(field, STRUCT, &inner.end())
    }

    pub(super) fn ints(self, field: u8, values: &[usize]) -> Self {
        let items = values.iter().map(|value| number(*value)).collect();
        self.list(field, I32, items)
    }

    pub(super) fn texts(self, field: u8, texts: &[&str]) -> Self {
        self.list(field, BINARY, texts.iter().map(|text| binary(text)).collect())
    }

    pub(super) fn structs(self, field: u8, items: impl IntoIterator<Item = Self>) -> Self {
        self.list(field, STRUCT, items.into_iter().map(Self::end).collect())
    }

    /// The encoded bytes.
    pub(super) fn end(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }

    fn list(self, field: u8, kind: u8, items: Vec<Vec<u8>>) -> Self {
        let mut bytes = match u8::try_from(items.len()) {
            Ok(short) if short < 15 => vec![short << 4 | kind],
            _ => [vec![0xF0 | kind], varint(items.len() as u64)].concat(),
        };
        bytes.extend(items.into_iter().flatten());
        self.put(field, LIST, &bytes)
    }

    /// Fields must be added in ascending order: each is encoded as the difference to the previous
    /// id.
    fn put(mut self, field: u8, kind: u8, value: &[u8]) -> Self {
        self.bytes.push((field - self.last) << 4 | kind);
        self.bytes.extend_from_slice(value);
        self.last = field;
        self
    }
}

fn binary(text: &str) -> Vec<u8> {
    [&varint(text.len() as u64), text.as_bytes()].concat()
}

/// A zigzag-encoded number; our values are sizes and positions, never negative.
fn number(value: usize) -> Vec<u8> {
    varint((value as u64) << 1)
}

/// Seven bits per byte, the lowest first.
#[expect(clippy::cast_possible_truncation, reason = "the lowest bits are meant")]
pub(super) fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_structs_are_compact() {
        assert_eq!(varint(300), [0xAC, 0x02]);
        assert_eq!(number(64), [0x80, 1]);
        let bytes = Struct::default().int(1, 3).text(4, "a").structs(5, [Struct::default()]).end();
        assert_eq!(bytes, [0x15, 6, 0x38, 1, b'a', 0x19, 0x1C, 0, 0]);
    }
}
