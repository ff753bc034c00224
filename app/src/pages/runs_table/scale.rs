//! The position of a number in the range of its column.

/// The position of a value between the limits, 0 to 1; logarithmic if the limits are far apart.
#[must_use]
pub(crate) fn fraction(value: f64, min: f64, max: f64) -> Option<f64> {
    if !value.is_finite() || !min.is_finite() || !max.is_finite() || max <= min {
        return None;
    }
    let (value, min, max) = if min > 0.0 && max / min >= 100.0 {
        (value.ln(), min.ln(), max.ln())
    } else {
        (value, min, max)
    };
    Some(((value - min) / (max - min)).clamp(0.0, 1.0))
}

/// The CSS background of a cell for such a position.
#[must_use]
pub(crate) fn tint(fraction: f64) -> String {
    format!("color-mix(in oklab, var(--scale) {:.0}%, transparent)", 4.0 + fraction * 44.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_middle() {
        assert_eq!(fraction(5.0, 0.0, 10.0), Some(0.5));
        assert_eq!(fraction(20.0, 0.0, 10.0), Some(1.0));
        let middle = fraction(1e-2, 1e-4, 1.0).unwrap();
        assert!((middle - 0.5).abs() < 1e-9, "by powers of ten: {middle}");
    }

    #[test]
    fn values_without_a_position_have_no_colour() {
        assert_eq!(fraction(f64::NAN, 0.0, 1.0), None);
        assert_eq!(fraction(1.0, 1.0, 1.0), None);
        assert!(tint(1.0).contains("48%"));
    }
}
