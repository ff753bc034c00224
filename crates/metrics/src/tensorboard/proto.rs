//! Protocol buffers, as far as events need them (encoding guide of protobuf.dev).

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Field<'a> {
    Varint(u64),
    Fixed64([u8; 8]),
    Fixed32([u8; 4]),
    Bytes(&'a [u8]),
}

impl<'a> Field<'a> {
    pub(super) fn bytes(self) -> Option<&'a [u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    pub(super) fn text(self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    pub(super) fn double(self) -> Option<f64> {
        if let Self::Fixed64(bytes) = self { Some(f64::from_le_bytes(bytes)) } else { None }
    }

    pub(super) fn float(self) -> Option<f32> {
        if let Self::Fixed32(bytes) = self { Some(f32::from_le_bytes(bytes)) } else { None }
    }

    pub(super) fn varint(self) -> Option<u64> {
        if let Self::Varint(number) = self { Some(number) } else { None }
    }
}

/// The fields of a message in order; stops at invalid bytes.
pub(super) fn fields(bytes: &[u8]) -> impl Iterator<Item = (u64, Field<'_>)> {
    let mut remaining = bytes;
    std::iter::from_fn(move || {
        let tag = varint(&mut remaining)?;
        let field = match tag & 7 {
            0 => Field::Varint(varint(&mut remaining)?),
            1 => Field::Fixed64(take(&mut remaining, 8)?.try_into().ok()?),
            2 => {
                let len = usize::try_from(varint(&mut remaining)?).ok()?;
                Field::Bytes(take(&mut remaining, len)?)
            }
            5 => Field::Fixed32(take(&mut remaining, 4)?.try_into().ok()?),
            _ => return None,
        };
        Some((tag >> 3, field))
    })
}

fn take<'a>(remaining: &mut &'a [u8], len: usize) -> Option<&'a [u8]> {
    let (taken, after) = remaining.split_at_checked(len)?;
    *remaining = after;
    Some(taken)
}

fn varint(remaining: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, after) = remaining.split_first()?;
        *remaining = after;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// Writes a varint field.
pub(super) fn put_varint(out: &mut Vec<u8>, field: u8, number: u64) {
    out.push(field << 3);
    put_number(out, number);
}

/// Writes a 64-bit field.
pub(super) fn put_double(out: &mut Vec<u8>, field: u8, number: f64) {
    out.push(field << 3 | 1);
    out.extend(number.to_le_bytes());
}

/// Writes a 32-bit field.
pub(super) fn put_float(out: &mut Vec<u8>, field: u8, number: f32) {
    out.push(field << 3 | 5);
    out.extend(number.to_le_bytes());
}

/// Writes a length-delimited field: a text, bytes or a message.
pub(super) fn put_bytes(out: &mut Vec<u8>, field: u8, bytes: &[u8]) {
    out.push(field << 3 | 2);
    put_number(out, bytes.len() as u64);
    out.extend(bytes);
}

fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
