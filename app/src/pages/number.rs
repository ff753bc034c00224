//! Numbers as a table or a legend shows them.

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

/// A recorded value as a cell shows it.
#[must_use]
pub fn of_json(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Number(number) => {
            number.as_f64().map_or_else(|| number.to_string(), short)
        }
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => "–".to_owned(),
        other => other.to_string(),
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
}
