//! Mean and spread of a few values.

use serde::{Deserialize, Serialize};

/// Statistics of some values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Number of finite values.
    pub count: u64,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation as estimated from a sample (n − 1); 0 for a single value.
    pub std: f64,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

/// Mean, deviation and range of the finite values; `None` if there are none.
///
/// One pass, by Welford's method, which does not lose digits if the mean is large.
#[must_use]
pub fn spread(values: impl IntoIterator<Item = f64>) -> Option<Spread> {
    let (mut count, mut mean, mut squares) = (0_u64, 0.0, 0.0);
    let (mut min, mut max) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values.into_iter().filter(|value| value.is_finite()) {
        count += 1;
        let from_mean: f64 = value - mean;
        #[expect(clippy::cast_precision_loss, reason = "2^53 values do not fit any memory")]
        let n = count as f64;
        mean += from_mean / n;
        squares += from_mean * (value - mean);
        min = min.min(value);
        max = max.max(value);
    }
    #[expect(clippy::cast_precision_loss, reason = "as above")]
    let degrees = count.saturating_sub(1).max(1) as f64;
    (count > 0).then(|| Spread { count, mean, std: (squares / degrees).max(0.0).sqrt(), min, max })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_mean_and_deviation() {
        let found = spread([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0, f64::NAN]).unwrap();
        assert_eq!((found.count, found.mean, found.min, found.max), (8, 5.0, 2.0, 9.0));
        assert!((found.std - 2.138_089_935).abs() < 1e-9);
    }

    #[test]
    fn one_value_does_not_spread_and_none_is_nothing() {
        assert_eq!(spread([3.0]).unwrap().std, 0.0);
        assert_eq!(spread([f64::INFINITY]), None);
        let far = spread([1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0]).unwrap();
        assert!((far.std - 1.0).abs() < 1e-9, "no digits are lost: {}", far.std);
    }
}
