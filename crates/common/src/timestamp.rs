//! The local time format of names and run arrays: `2026-11-23_11-16-57`.

/// The `strftime` pattern of that format.
pub const PATTERN: &str = "%Y-%m-%d_%H-%M-%S";

/// Formats a stored time for display: `2026-11-23 11:16:57`. Other texts are returned unchanged.
#[must_use]
pub fn readable(stored: &str) -> String {
    match stored.split_once('_') {
        Some((date, time)) if date.len() == 10 && time.len() >= 8 => {
            format!("{date} {}", time.replace('-', ":"))
        }
        _ => stored.to_owned(),
    }
}

/// The units of durations in one language, each with its surrounding blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DurationUnits {
    /// Days.
    pub days: &'static str,
    /// Hours.
    pub hours: &'static str,
    /// Minutes.
    pub minutes: &'static str,
    /// Seconds.
    pub seconds: &'static str,
}

impl DurationUnits {
    /// As written by the command line, exports and the API.
    pub const ENGLISH: Self = Self { days: " d", hours: " h", minutes: " min", seconds: " s" };
    /// Simplified Chinese.
    pub const CHINESE: Self =
        Self { days: " 天", hours: " 小时", minutes: " 分", seconds: " 秒" };
}

/// Formats a duration: `0.4 s`, `12.3 s`, `4 min 05 s`, `2 h 03 min`, `3 d 4 h`.
#[must_use]
pub fn duration(duration_s: f64) -> String {
    duration_in(duration_s, &DurationUnits::ENGLISH)
}

/// The same with the units of a language.
#[must_use]
pub fn duration_in(duration_s: f64, units: &DurationUnits) -> String {
    if !duration_s.is_finite() || duration_s < 0.0 {
        return "–".to_owned();
    }
    // Negative and huge values were handled above, so that the cast is exact.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = duration_s as u64;
    let DurationUnits { days, hours, minutes, seconds } = units;
    match whole {
        0..60 => format!("{}{seconds}", crate::number::fixed(duration_s, 1)),
        60..3600 => format!("{}{minutes} {:02}{seconds}", whole / 60, whole % 60),
        3600..86_400 => format!("{}{hours} {:02}{minutes}", whole / 3600, whole % 3600 / 60),
        _ => format!("{}{days} {}{hours}", whole / 86_400, whole % 86_400 / 3600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_times_become_readable() {
        assert_eq!(readable("2026-11-23_11-16-57"), "2026-11-23 11:16:57");
        assert_eq!(readable(""), "");
        assert_eq!(readable("soon"), "soon");
    }

    #[test]
    fn durations_read_well_at_every_size() {
        let displayed = [0.42, 59.94, 245.0, 7380.0, 273_600.0].map(duration);
        assert_eq!(displayed, ["0.4 s", "59.9 s", "4 min 05 s", "2 h 03 min", "3 d 4 h"]);
        assert_eq!(duration(f64::NAN), "–");
        let displayed = [0.42, 245.0, 7380.0, 273_600.0];
        let displayed =
            displayed.map(|duration_s| duration_in(duration_s, &DurationUnits::CHINESE));
        assert_eq!(displayed, ["0.4 秒", "4 分 05 秒", "2 小时 03 分", "3 天 4 小时"]);
    }
}
