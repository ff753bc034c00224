//! Formats numbers so that Python parses them to equal values.

use serde_yaml::Number;

/// The text of a number.
pub(super) fn text(number: &Number) -> String {
    match number.as_f64().filter(|_| number.is_f64()) {
        None => number.to_string(),
        Some(float) if float.is_nan() => "nan".into(),
        Some(float) if float.is_infinite() => if float > 0.0 { "inf" } else { "-inf" }.into(),
        // argparse parses `-1e-05` as a flag, but not `-0.00001`.
        Some(float) if float < 0.0 => with_point(format!("{float}")),
        Some(float) => crate::argparse::float_text(float),
    }
}

/// The text of a number for `int()`, which rejects `3.0`.
pub(super) fn integer_text(number: &Number) -> String {
    match number.as_f64().filter(|_| number.is_f64()) {
        Some(float) if float.fract() == 0.0 && float.abs() < 9e15 => format!("{float:.0}"),
        _ => text(number),
    }
}

fn with_point(text: String) -> String {
    if text.contains('.') { text } else { format!("{text}.0") }
}

#[cfg(test)]
mod tests {
    use super::{integer_text, text};

    #[test]
    fn numbers_come_back_equal() {
        for (number, expected) in
            [(1e-5, "1e-05"), (-1e-5, "-0.00001"), (3.0, "3.0"), (-2.0, "-2.0"), (0.1, "0.1")]
        {
            assert_eq!(text(&number.into()), expected);
        }
        assert_eq!(text(&f64::NEG_INFINITY.into()), "-inf");
        assert_eq!(integer_text(&1e6.into()), "1000000");
        assert_eq!(integer_text(&0.5.into()), "0.5");
    }
}
