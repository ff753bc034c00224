//! Writes scalars to event files.

use std::borrow::Cow;
use std::io::{self, Write};

use super::proto::{put_bytes, put_double, put_float, put_varint};
use super::record;

/// An event file that is being written.
pub(crate) struct EventWriter<'a> {
    out: &'a mut dyn Write,
}

impl<'a> EventWriter<'a> {
    /// Starts a file.
    ///
    /// # Errors
    /// When writing to `out` fails.
    pub(crate) fn new(out: &'a mut dyn Write) -> io::Result<Self> {
        let mut event = Vec::new();
        put_double(&mut event, 1, 0.0);
        put_bytes(&mut event, 3, b"brain.Event:2");
        record::write(out, &event)?;
        Ok(Self { out })
    }

    /// Writes the scalars of one step. An unknown time is written as 0.
    ///
    /// # Errors
    /// When writing to `out` fails.
    pub(crate) fn scalars(
        &mut self,
        t: f64,
        step: i64,
        values: &[(Cow<'_, str>, f64)],
    ) -> io::Result<()> {
        let mut summary = Vec::new();
        for (tag, number) in values {
            let mut value = Vec::new();
            put_bytes(&mut value, 1, tag.as_bytes());
            #[expect(clippy::cast_possible_truncation, reason = "scalars have 32 bits there")]
            put_float(&mut value, 2, *number as f32);
            put_bytes(&mut summary, 1, &value);
        }
        let mut event = Vec::new();
        put_double(&mut event, 1, if t.is_finite() { t } else { 0.0 });
        // Protocol buffers encode a negative number as the unsigned one with the same bits.
        put_varint(&mut event, 2, step.cast_unsigned());
        put_bytes(&mut event, 5, &summary);
        record::write(self.out, &event)
    }
}
