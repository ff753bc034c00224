//! What time it is, in the forms that files hold.

use std::time::{SystemTime, UNIX_EPOCH};

/// Local time as `2026-11-23_11-16-57`.
pub(crate) fn local_stamp() -> String {
    jiff::Zoned::now().strftime(common::timestamp::PATTERN).to_string()
}

/// Exact time as RFC 3339 in UTC with microseconds, `2026-11-23T10:16:57.123456Z`.
pub(crate) fn utc_stamp() -> String {
    format!("{:.6}", jiff::Timestamp::now())
}

/// A local time of day, `11:16:57`, of microseconds since the epoch.
pub(crate) fn local_time(epoch_us: u64) -> String {
    let time = jiff::Timestamp::from_microsecond(i64::try_from(epoch_us).unwrap_or(i64::MAX));
    let zoned = time.unwrap_or_default().to_zoned(jiff::tz::TimeZone::system());
    zoned.strftime("%H:%M:%S").to_string()
}

/// Microseconds since the epoch, for ordering.
pub(crate) fn epoch_us() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    #[test]
    fn stamps_have_their_formats() {
        let local = super::local_stamp();
        assert_eq!(local.len(), "2026-11-23_11-16-57".len(), "{local}");
        let utc = super::utc_stamp();
        assert_eq!(utc.len(), "2026-11-23T10:16:57.123456Z".len(), "{utc}");
    }
}
