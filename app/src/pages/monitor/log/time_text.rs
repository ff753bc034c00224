//! Formats the times beside log lines.

/// The local time of day: `14:03:07.250`.
pub(super) fn clock_text(time_ms: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "exact until the year 287396")]
    let date = js_sys::Date::new(&(time_ms as f64).into());
    let (hours, minutes, seconds) = (date.get_hours(), date.get_minutes(), date.get_seconds());
    format!("{hours:02}:{minutes:02}:{seconds:02}.{:03}", time_ms % 1_000)
}

/// A duration: `+12.345`, `+3:02.100`, `+5:03:02.1`.
pub(super) fn since_text(span_ms: u64) -> String {
    let (seconds, ms) = (span_ms / 1_000, span_ms % 1_000);
    let (minutes, hours) = (seconds / 60, seconds / 3_600);
    match (hours, minutes) {
        (0, 0) => format!("+{seconds}.{ms:03}"),
        (0, minutes) => format!("+{minutes}:{:02}.{ms:03}", seconds % 60),
        (hours, _) => format!("+{hours}:{:02}:{:02}.{}", minutes % 60, seconds % 60, ms / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::since_text;

    #[test]
    fn spans_are_as_short_as_they_can_be() {
        let texts = [0, 12_345, 182_100, 18_182_199].map(since_text);
        assert_eq!(texts, ["+0.000", "+12.345", "+3:02.100", "+5:03:02.1"]);
    }
}
