//! Rows of the screen, counted and computed with.

/// Rows as a number to compute with.
#[expect(clippy::cast_precision_loss, reason = "rows are far fewer than 2^53")]
pub(in crate::pages::monitor::log) fn float(rows: u64) -> f64 {
    rows as f64
}

/// Whole rows.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cut at zero, and far below 2^53"
)]
pub(in crate::pages::monitor::log) fn whole(rows: f64) -> u64 {
    rows.max(0.0) as u64
}
