//! Progress of a run.

use serde::{Deserialize, Serialize};

/// The last `pyruns.progress(done, total)`, and values derived from it.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct RunProgress {
    /// Units done.
    pub done: f64,
    /// Total number of units, if known.
    pub total: Option<f64>,
    /// When it was said, seconds since 1970.
    pub at_s: f64,
    /// Units a second, as of late; nothing before there are two words.
    pub rate_per_s: Option<f64>,
}

impl RunProgress {
    /// Updates the progress. The rate is a moving average over about a minute.
    #[must_use]
    pub fn next(self, done: f64, total: Option<f64>, at_s: f64) -> Self {
        let (ahead, passed_s) = (done - self.done, at_s - self.at_s);
        // If the counter or the clock was set back, the rate is reset.
        let reset = self.at_s == 0.0 || ahead < 0.0 || passed_s < 0.0;
        let now = (!reset && passed_s > 0.0).then(|| ahead / passed_s);
        let weight = 1.0 - (-passed_s / 30.0).exp();
        let rate_per_s = match (self.rate_per_s.filter(|_| !reset), now) {
            (Some(before), Some(now)) => Some(before + (now - before) * weight),
            (before, now) => now.or(before),
        };
        Self { done, total, at_s, rate_per_s }
    }

    /// The completed fraction, from 0 to 1.
    #[must_use]
    pub fn fraction(&self) -> Option<f64> {
        let total = self.total.filter(|total| *total > 0.0)?;
        Some((self.done / total).clamp(0.0, 1.0)).filter(|part| part.is_finite())
    }

    /// Estimated remaining seconds at `now_s` (seconds since 1970).
    #[must_use]
    pub fn remaining_s(&self, now_s: f64) -> Option<f64> {
        let rate = self.rate_per_s.filter(|rate| *rate > 0.0)?;
        let left = (self.total? - self.done).max(0.0) / rate - (now_s - self.at_s).max(0.0);
        Some(left.max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remaining_time_is_estimated_from_the_rate() {
        let first = RunProgress::default().next(1.0, Some(11.0), 100.0);
        assert_eq!((first.fraction(), first.remaining_s(100.0)), (Some(1.0 / 11.0), None));
        let second = first.next(3.0, Some(11.0), 104.0);
        assert_eq!(second.rate_per_s, Some(0.5));
        assert_eq!(second.remaining_s(105.0), Some(15.0));
        assert_eq!(second.remaining_s(1000.0), Some(0.0));
        let again = second.next(0.0, Some(11.0), 105.0);
        assert_eq!(again.rate_per_s, None);
        assert_eq!(RunProgress::default().next(5.0, None, 1.0).fraction(), None);
    }
}
