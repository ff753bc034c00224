//! The colour of a curve.

/// Number of fixed colours, defined in `style/tokens.css`.
const FIXED_COLOURS: usize = 8;

/// The CSS colour of the curve at an index. The first eight are fixed; those after
/// them go around the circle of hues by the golden angle, so that neighbours differ.
#[must_use]
pub fn curve_colour(position: usize) -> String {
    if position < FIXED_COLOURS {
        return format!("var(--curve-{})", position + 1);
    }
    let far = u32::try_from(position - FIXED_COLOURS).unwrap_or(u32::MAX);
    let hue = (f64::from(far) * 137.508 + 20.0) % 360.0;
    let ring = f64::from(far / 12 % 3) * 0.05;
    format!(
        "light-dark(oklch({:.2} 0.14 {hue:.0}), oklch({:.2} 0.12 {hue:.0}))",
        0.52 + ring,
        0.72 + ring
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_hundred_curves_have_a_hundred_colours() {
        let colours: BTreeSet<String> = (0..100).map(curve_colour).collect();
        assert_eq!(colours.len(), 100);
        assert_eq!(curve_colour(0), "var(--curve-1)");
        assert!(curve_colour(8).starts_with("light-dark("));
    }
}
