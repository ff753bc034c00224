//! The current time, in the formats used in files.

use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The machine's time zone. Without the variable `TZ`, `/etc/localtime` is parsed directly: jiff's
/// lookup of the zone's name would read the whole zone database at the start of every run.
fn zone() -> TimeZone {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    let read = || {
        let named = std::env::var_os("TZ").is_some_and(|name| !name.is_empty());
        let bytes = std::fs::read("/etc/localtime").ok().filter(|_| !named);
        let local = bytes.and_then(|bytes| TimeZone::tzif("", &bytes).ok());
        local.unwrap_or_else(TimeZone::system)
    };
    ZONE.get_or_init(read).clone()
}

/// Local time as `2026-11-23_11-16-57`.
#[must_use]
pub fn local_stamp() -> String {
    Timestamp::now().to_zoned(zone()).strftime(common::timestamp::PATTERN).to_string()
}

/// A time in seconds since 1970 in the same format; empty where it is out of range.
#[must_use]
pub fn local_stamp_of(epoch_s: i64) -> String {
    let time = Timestamp::from_second(epoch_s).ok();
    let local =
        |time: Timestamp| time.to_zoned(zone()).strftime(common::timestamp::PATTERN).to_string();
    time.map(local).unwrap_or_default()
}

/// Parses an exact time, `2026-11-23T10:16:57.123456Z`, to seconds since 1970.
#[must_use]
pub fn seconds_of(utc: &str) -> Option<f64> {
    utc.parse::<Timestamp>().ok().map(|time| time.as_duration().as_secs_f64())
}

/// Exact time as RFC 3339 in UTC with microseconds, `2026-11-23T10:16:57.123456Z`.
#[must_use]
pub fn utc_stamp() -> String {
    format!("{:.6}", Timestamp::now())
}

/// Formats microseconds since the epoch as local time of day, `11:16:57`.
#[must_use]
pub fn local_time(epoch_us: u64) -> String {
    let time = Timestamp::from_microsecond(i64::try_from(epoch_us).unwrap_or(i64::MAX));
    let zoned = time.unwrap_or_default().to_zoned(zone());
    zoned.strftime("%H:%M:%S").to_string()
}

/// Seconds since 1970.
#[must_use]
pub fn epoch_s() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64()
}

/// Microseconds since the epoch, for ordering.
#[must_use]
pub fn epoch_us() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_zone_is_that_of_the_system() {
        let now = jiff::Timestamp::now();
        let offset = |zone: jiff::tz::TimeZone| zone.to_offset(now);
        assert_eq!(offset(super::zone()), offset(jiff::tz::TimeZone::system()));
    }

    #[test]
    fn stamps_have_their_formats() {
        let local = super::local_stamp();
        assert_eq!(local.len(), "2026-11-23_11-16-57".len(), "{local}");
        let utc = super::utc_stamp();
        assert_eq!(utc.len(), "2026-11-23T10:16:57.123456Z".len(), "{utc}");
    }
}
