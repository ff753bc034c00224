//! Ranges `start:stop:step`, including the stop.

use crate::message::BatchText;
use serde_yaml::Value;

use super::decimal::{self, Decimal};
use super::error::BatchError;

/// Evenly spaced numbers, computed exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Range {
    start: i128,
    step: i128,
    scale: u32,
    len: u64,
    is_whole: bool,
}

impl Range {
    /// Parses a range; `None` if the text is not two or three numbers with colons.
    ///
    /// # Errors
    /// When the step is 0 or leads away from the stop, or there are too many numbers.
    pub(super) fn parse(text: &str) -> Result<Option<Self>, BatchError> {
        let parts: Vec<&str> = text.splitn(4, ':').map(str::trim).collect();
        let numbers: Option<Vec<Decimal>> = parts.iter().map(|part| Decimal::parse(part)).collect();
        let (start, stop, step) = match numbers.as_deref() {
            Some([start, stop]) => (*start, *stop, Decimal::ONE),
            Some([start, stop, step]) => (*start, *stop, *step),
            _ => return Ok(None),
        };
        let scale = start.scale().max(stop.scale()).max(step.scale());
        let too_far = || BatchError::new(BatchText::RangeTooFar, &[&text.trim()]);
        let exact = |number: Decimal| number.at_scale(scale).ok_or_else(too_far);
        let (first, last, by) = (exact(start)?, exact(stop)?, exact(step)?);
        let distance = last.checked_sub(first).ok_or_else(too_far)?;
        if by == 0 {
            return Err(BatchError::new(BatchText::RangeStepZero, &[&text.trim()]));
        }
        if distance.signum() * by.signum() < 0 {
            return Err(never_reaches(text.trim(), &parts));
        }
        let len = u64::try_from(distance / by).unwrap_or(u64::MAX).saturating_add(1);
        let is_whole = start.is_whole && stop.is_whole && step.is_whole;
        Ok(Some(Self { start: first, step: by, scale, len, is_whole }))
    }

    /// Number of values; at most `u64::MAX`.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// The number at an index, from 0.
    pub(super) fn get(&self, index: u64) -> Value {
        // The caller guarantees that the index is within the range; outside, the numbers may
        // overflow.
        let number = self.step.saturating_mul(i128::from(index)).saturating_add(self.start);
        if self.is_whole { decimal::integer(number) } else { decimal::float(number, self.scale) }
    }
}

fn never_reaches(text: &str, parts: &[&str]) -> BatchError {
    let stop = parts.get(1).copied().unwrap_or_default();
    match parts.get(2) {
        Some(step) => BatchError::new(BatchText::RangeNever, &[&text, &stop, step]),
        None => BatchError::new(BatchText::RangeDown, &[&text, &stop, &text]),
    }
}
