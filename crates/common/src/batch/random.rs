//! Random numbers with random access, identical on every machine.
//!
//! The generator is `SplitMix64` (Steele, Lea, Flood: "Fast splittable pseudorandom number
//! generators", 2014): number `n` is a mix of `seed + n × a constant`, so that no previous number
//! is needed.

use super::hash::hash;

/// The golden ratio in 64 bits.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// An infinite sequence of random numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stream(u64);

impl Stream {
    /// The sequence for a seed and a key: parameters with the same distribution get different
    /// values.
    pub(super) fn new(seed: u64, key: &str) -> Self {
        Self(mix(seed.wrapping_add(STEP)) ^ hash(key.as_bytes()))
    }

    fn bits(self, index: u64) -> u64 {
        mix(self.0.wrapping_add(index.wrapping_add(1).wrapping_mul(STEP)))
    }

    /// Uniform in [0, 1).
    #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
    pub(super) fn unit(self, index: u64) -> f64 {
        (self.bits(index) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Standard normal, by Box and Muller.
    pub(super) fn normal(self, index: u64) -> f64 {
        let index = index.wrapping_mul(2);
        let radius = (-2.0 * (1.0 - self.unit(index)).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit(index.wrapping_add(1))).cos()
    }

    /// A uniform integer, both ends included.
    pub(super) fn integer(self, index: u64, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low);
        let above = (u128::from(self.bits(index)) * (u128::from(span) + 1)) >> 64;
        i64::try_from(i128::from(low) + above.cast_signed()).unwrap_or(high)
    }

    /// An integer from 1 on, log-uniform, both ends included.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "rounded anyway"
    )]
    pub(super) fn log_integer(self, index: u64, low: i64, high: i64) -> i64 {
        let (from, to) = ((low as f64).ln(), (high as f64 + 1.0).ln());
        ((from + (to - from) * self.unit(index)).exp().floor() as i64).clamp(low, high)
    }
}

fn mix(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// Rounds to six significant digits, so that differences in the last bits of the logarithms between
/// browser and server have no effect.
pub(super) fn short(number: f64) -> f64 {
    format!("{number:.5e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::cast_precision_loss, reason = "few")]
    fn numbers_are_spread_as_they_should_be() {
        let stream = Stream::new(0, "lr");
        let count = 20_000_u64;
        let mean = |number: &dyn Fn(u64) -> f64| (0..count).map(number).sum::<f64>() / count as f64;
        assert!((mean(&|at| stream.unit(at)) - 0.5).abs() < 0.01);
        assert!(mean(&|at| stream.normal(at)).abs() < 0.03);
        assert!((mean(&|at| stream.normal(at).powi(2)) - 1.0).abs() < 0.05);
        let mut seen = [0_u32; 3];
        (0..3000).for_each(|at| seen[usize::try_from(stream.integer(at, 0, 2)).unwrap()] += 1);
        assert!(seen.iter().all(|times| (850..1150).contains(times)), "{seen:?}");
        assert_eq!(stream.integer(1, i64::MIN, i64::MAX), stream.integer(1, i64::MIN, i64::MAX));
        let logs: Vec<i64> = (0..3000).map(|at| stream.log_integer(at, 1, 999)).collect();
        let below_10 = logs.iter().filter(|number| **number < 10).count();
        assert!((850..1150).contains(&below_10), "{below_10}");
    }

    #[test]
    fn keys_and_seeds_make_other_rows() {
        let first = |seed, key| Stream::new(seed, key).unit(0).to_bits();
        assert_ne!(first(0, "a"), first(0, "b"));
        assert_ne!(first(0, "a"), first(1, "a"));
        assert_eq!(first(3, "a"), first(3, "a"));
        assert!((short(0.123_456_789) - 0.123_457).abs() < f64::EPSILON);
    }
}
