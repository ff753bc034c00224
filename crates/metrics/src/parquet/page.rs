//! Encodes a column's values as one page.

use super::thrift::{Struct, varint};

/// The values of a column; `None` for a row without a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Values {
    Bool(Vec<Option<bool>>),
    Int(Vec<Option<i64>>),
    Float(Vec<Option<f64>>),
    Text(Vec<Option<String>>),
}

impl Values {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Bool(values) => values.len(),
            Self::Int(values) => values.len(),
            Self::Float(values) => values.len(),
            Self::Text(values) => values.len(),
        }
    }

    /// Which rows have a value.
    fn present(&self) -> Vec<bool> {
        match self {
            Self::Bool(values) => values.iter().map(Option::is_some).collect(),
            Self::Int(values) => values.iter().map(Option::is_some).collect(),
            Self::Float(values) => values.iter().map(Option::is_some).collect(),
            Self::Text(values) => values.iter().map(Option::is_some).collect(),
        }
    }

    /// The existing values one after the other: the encoding `PLAIN`.
    fn plain(&self) -> Vec<u8> {
        match self {
            Self::Bool(values) => bits(&values.iter().copied().flatten().collect::<Vec<_>>()),
            Self::Int(values) => values.iter().flatten().flat_map(|it| it.to_le_bytes()).collect(),
            Self::Float(values) => {
                values.iter().flatten().flat_map(|it| it.to_le_bytes()).collect()
            }
            Self::Text(values) => {
                let mut bytes = Vec::new();
                for text in values.iter().flatten() {
                    bytes.extend_from_slice(&length(text.len()));
                    bytes.extend_from_slice(text.as_bytes());
                }
                bytes
            }
        }
    }
}

/// A page with its header.
pub(super) fn page(values: &Values) -> Vec<u8> {
    let present = bits(&values.present());
    // One bit-packed run: which rows have a value.
    let levels = [varint((present.len() as u64) << 1 | 1), present].concat();
    let body = [length(levels.len()).to_vec(), levels, values.plain()].concat();
    let (data_page, plain, rle) = (0, 0, 3);
    let about = Struct::default().int(1, values.len()).int(2, plain).int(3, rle).int(4, rle);
    let header = Struct::default()
        .int(1, data_page)
        .int(2, body.len())
        .int(3, body.len())
        .inner(5, about)
        .end();
    [header, body].concat()
}

fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes()
}

/// Eight flags per byte, the first in the lowest bit.
fn bits(flags: &[bool]) -> Vec<u8> {
    let byte = |eight: &[bool]| {
        eight.iter().enumerate().fold(0, |byte, (at, flag)| byte | u8::from(*flag) << at)
    };
    flags.chunks(8).map(byte).collect()
}
