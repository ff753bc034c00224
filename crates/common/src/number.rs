//! Formats numbers for tables and legends, on the page and in the terminal.

/// At least four significant digits, without trailing zeros: `0.9734`, `12.5`, `1.2e-5`, `3`.
#[must_use]
pub fn short(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if !value.is_finite() {
        return if value.is_nan() {
            "NaN"
        } else if value > 0.0 {
            "∞"
        } else {
            "−∞"
        }
        .to_owned();
    }
    let size = value.abs();
    if !(1e-4..1e7).contains(&size) {
        return scientific(value);
    }
    let digits_after = match size {
        1000.0.. => usize::from(value.fract() != 0.0),
        100.0.. => 1,
        10.0.. => 2,
        0.1.. => 4,
        0.01.. => 5,
        0.001.. => 6,
        _ => 7,
    };
    trimmed(&fixed(value, digits_after)).to_owned()
}

/// `0.9945 ± 0.0092`: the deviation with two significant digits, the mean with as many decimals.
#[must_use]
pub fn with_deviation(mean: f64, std: f64) -> String {
    let is_plain = |value: f64| value == 0.0 || (1e-5..1e6).contains(&value.abs());
    if !is_plain(mean) || !is_plain(std) || std == 0.0 {
        return format!("{} ± {}", short(mean), short(std));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 6")]
    let digits = (1.0 - std.log10().floor()).clamp(0.0, 6.0) as usize;
    format!("{} ± {}", fixed(mean, digits), fixed(std, digits))
}

/// A size in multiples of 1024.
#[must_use]
pub fn bytes(value: f64) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let (mut value, mut unit) = (value, 0);
    while value >= 1024.0 && unit + 1 < units.len() {
        value /= 1024.0;
        unit += 1;
    }
    if value < 10.0 && unit > 0 {
        format!("{} {}", fixed(value, 1), units[unit])
    } else {
        format!("{} {}", fixed(value, 0), units[unit])
    }
}

/// A number with this many decimals, at most 7.
///
/// Computed with integers: the formatter of the standard library, which is exact for any number of
/// digits, is a tenth of what a browser has to load. Numbers from 2^53 on are formatted as 2^53.
#[must_use]
pub fn fixed(value: f64, digits_after: usize) -> String {
    const MAX_EXACT: f64 = 9_007_199_254_740_992.0;
    if !value.is_finite() {
        return short(value);
    }
    let power = POWERS[digits_after.min(POWERS.len() - 1)];
    #[expect(clippy::cast_precision_loss, reason = "powers of ten up to 7")]
    let scaled = (value.abs() * power as f64).round_ties_even().min(MAX_EXACT);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 2^53")]
    let scaled = scaled as u64;
    let sign = if value < 0.0 && scaled > 0 { "-" } else { "" };
    let (whole, rest) = (scaled / power, scaled % power);
    match digits_after {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{rest:0digits_after$}"),
    }
}

const POWERS: [u64; 8] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/// `1.2e-5`: at most four significant digits.
fn scientific(value: f64) -> String {
    let (mut size, mut exponent) = (value.abs(), 0);
    while size >= 10.0 {
        (size, exponent) = (size / 10.0, exponent + 1);
    }
    while size < 1.0 {
        (size, exponent) = (size * 10.0, exponent - 1);
    }
    let mut digits = fixed(size, 3);
    if digits.starts_with("10") {
        (digits, exponent) = ("1".to_owned(), exponent + 1);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{}e{exponent}", trimmed(&digits))
}

fn trimmed(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_true() {
        let cases = [
            (0.0, "0"),
            (3.0, "3"),
            (0.973_412, "0.9734"),
            (-1.25, "-1.25"),
            (10.0, "10"),
            (12.5, "12.5"),
            (0.086_267_4, "0.08627"),
            (0.001_234_8, "0.001235"),
            (1.2e-5, "1.2e-5"),
            (60_000.0, "60000"),
            (1234.56, "1234.6"),
            (3.2e9, "3.2e9"),
            (9.9999e9, "1e10"),
            (-1.7e308, "-1.7e308"),
            (5e-324, "4.941e-324"),
            (-0.000_01, "-1e-5"),
            (f64::INFINITY, "∞"),
        ];
        for (value, shown) in cases {
            assert_eq!(short(value), shown);
        }
        assert_eq!(short(f64::NAN), "NaN");
    }

    #[test]
    #[expect(clippy::cast_precision_loss, reason = "powers of ten up to 7")]
    fn a_fixed_number_of_digits_is_that_of_the_standard_library() {
        for value in [0.0, -0.04, 0.5, 1.0 / 3.0, -2.4182, 59.94, 99.96, 4096.125, 1e8] {
            for (digits, power) in POWERS.into_iter().enumerate() {
                let theirs = format!("{value:.digits$}");
                // The product of a number and a power of ten may be a half if the number is just
                // below.
                let near =
                    fixed(value, digits).parse::<f64>().unwrap() - theirs.parse::<f64>().unwrap();
                assert!(near.abs() <= 0.5 / power as f64, "{value} {digits}");
            }
        }
        assert_eq!([fixed(59.94, 1), fixed(99.96, 1), fixed(-2.5, 0)], ["59.9", "100.0", "-2"]);
        assert_eq!(
            [fixed(-0.04, 1), fixed(f64::NAN, 2), fixed(1e300, 0)],
            ["0.0", "NaN", "9007199254740992"]
        );
    }

    #[test]
    fn a_deviation_limits_the_digits_of_the_mean() {
        assert_eq!(with_deviation(0.994_512, 0.009_201), "0.9945 ± 0.0092");
        assert_eq!(with_deviation(3360.4, 2208.4), "3360 ± 2208");
        assert_eq!(with_deviation(1e-9, 1e-10), "1e-9 ± 1e-10");
        assert_eq!(with_deviation(0.5, 0.0), "0.5 ± 0");
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(
            [0.0, 1023.0, 1536.0, 2.5e9].map(bytes),
            ["0 B", "1023 B", "1.5 KiB", "2.3 GiB"]
        );
    }
}
