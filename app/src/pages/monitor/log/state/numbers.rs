//! Conversions between row counts and coordinates.

/// A row count as a coordinate.
#[expect(clippy::cast_precision_loss, reason = "rows are far fewer than 2^53")]
pub(in crate::pages::monitor::log) fn rows_to_f64(rows: u64) -> f64 {
    rows as f64
}

/// A coordinate as a row count; negative values become 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cut at zero, and far below 2^53"
)]
pub(in crate::pages::monitor::log) fn f64_to_rows(rows: f64) -> u64 {
    rows.max(0.0) as u64
}
