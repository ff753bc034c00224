//! Numbers as tables and legends show them, on the page and in the terminal.

/// At least four significant digits, without noise: `0.9734`, `12.5`, `1.2e-5`, `3`.
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
        let text = format!("{value:.3e}");
        return match text.split_once('e') {
            Some((digits, exponent)) => format!("{}e{exponent}", trimmed(digits)),
            None => text,
        };
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
    trimmed(&format!("{value:.digits_after$}")).to_owned()
}

/// `0.9945 ± 0.0092`: the deviation with two digits that count, the mean as far as they reach.
#[must_use]
pub fn with_deviation(mean: f64, std: f64) -> String {
    let is_plain = |value: f64| value == 0.0 || (1e-5..1e6).contains(&value.abs());
    if !is_plain(mean) || !is_plain(std) || std == 0.0 {
        return format!("{} ± {}", short(mean), short(std));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 6")]
    let digits = (1.0 - std.log10().floor()).clamp(0.0, 6.0) as usize;
    format!("{mean:.digits$} ± {std:.digits$}")
}

/// A size in units of 1024.
#[must_use]
pub fn bytes(value: f64) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let (mut value, mut unit) = (value, 0);
    while value >= 1024.0 && unit + 1 < units.len() {
        value /= 1024.0;
        unit += 1;
    }
    if value < 10.0 && unit > 0 {
        format!("{value:.1} {}", units[unit])
    } else {
        format!("{value:.0} {}", units[unit])
    }
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
            (f64::INFINITY, "∞"),
        ];
        for (value, shown) in cases {
            assert_eq!(short(value), shown);
        }
        assert_eq!(short(f64::NAN), "NaN");
    }

    #[test]
    fn a_deviation_says_how_far_the_mean_counts() {
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
