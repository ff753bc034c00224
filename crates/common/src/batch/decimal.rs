//! Exact decimal numbers: `0.1` is exactly a tenth.

use serde_yaml::Value;

use crate::yaml;

/// Maximum number of digits after the decimal point.
const MAX_SCALE: u32 = 30;

/// `mantissa / 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    mantissa: i128,
    scale: u32,
    /// Whether it was written without a decimal point and exponent.
    pub(super) is_whole: bool,
}

impl Decimal {
    pub(super) const ONE: Self = Self { mantissa: 1, scale: 0, is_whole: true };

    /// Parses a decimal number; `None` if it is not a number in YAML (`05`, `x`), has another
    /// notation (`0x10`), or has too many digits.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let written = |letter: char| letter.is_ascii_digit() || "+-.eE".contains(letter);
        let is_number =
            yaml::scalar(text).is_number() || yaml::big_int(&yaml::scalar(text)).is_some();
        if !text.chars().all(written) || !is_number {
            return None;
        }
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mantissa: i128 = format!("{integer}{fraction}").parse().ok()?;
        let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        let is_whole = !text.contains(['.', 'e', 'E']);
        let number = Self { mantissa, scale: 0, is_whole };
        if scale >= 0 {
            let scale = u32::try_from(scale).ok().filter(|scale| *scale <= MAX_SCALE)?;
            return Some(Self { scale, ..number });
        }
        let factor = 10i128.checked_pow(scale.unsigned_abs())?;
        Some(Self { mantissa: mantissa.checked_mul(factor)?, ..number })
    }

    /// The mantissa at a larger scale.
    pub(super) fn at_scale(self, scale: u32) -> Option<i128> {
        self.mantissa.checked_mul(10i128.checked_pow(scale.checked_sub(self.scale)?)?)
    }

    pub(super) fn scale(self) -> u32 {
        self.scale
    }
}

/// The float nearest to `mantissa / 10^scale`.
pub(super) fn float(mantissa: i128, scale: u32) -> Value {
    // The float parser is the only available function that rounds correctly.
    format!("{mantissa}e-{scale}").parse::<f64>().unwrap_or(f64::NAN).into()
}

/// An integer as a value.
pub(super) fn integer(number: i128) -> Value {
    yaml::scalar(&number.to_string())
}
