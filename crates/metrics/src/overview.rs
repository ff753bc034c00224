//! A curve of any length in bounded memory: its calls are divided into buckets of equal width; of
//! each bucket the first, the lowest, the highest and the last point are stored. When there are too
//! many buckets, pairs of them are merged.
//!
//! This is M4 (Jugel et al., "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB
//! 2014), computed without knowing the length in advance.

/// A point of a curve with every value that can be its x.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Its index among the points of its key, from 0.
    pub index: u64,
    /// NaN if none was given.
    pub step: f64,
    /// Seconds since 1970; NaN if unknown.
    pub t: f64,
    pub y: f64,
}

/// The stored points of a bucket.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bucket {
    first: Point,
    last: Point,
    min: Point,
    max: Point,
    /// The first point that is not finite.
    non_finite: Option<Point>,
}

/// The curve so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    buckets: Vec<Bucket>,
    /// Number of points per bucket; a power of two.
    width: u64,
    limit: usize,
}

impl Bucket {
    fn new(point: Point) -> Self {
        let non_finite = (!point.y.is_finite()).then_some(point);
        Self { first: point, last: point, min: point, max: point, non_finite }
    }

    fn push(&mut self, point: Point) {
        self.merge(&Self::new(point));
    }

    fn merge(&mut self, later: &Self) {
        self.last = later.last;
        self.min = preferred(self.min, later.min, |new, old| new < old);
        self.max = preferred(self.max, later.max, |new, old| new > old);
        self.non_finite = self.non_finite.or(later.non_finite);
    }

    fn points(&self, into: &mut Vec<Point>) {
        let mut points =
            [Some(self.first), Some(self.min), Some(self.max), Some(self.last), self.non_finite];
        points.sort_by_key(|point| point.map_or(u64::MAX, |point| point.index));
        let mut last = None;
        for point in points.into_iter().flatten() {
            if last != Some(point.index) {
                into.push(point);
            }
            last = Some(point.index);
        }
    }
}

/// The earlier of two points unless the later one is better; a non-finite value is worse than any
/// finite one.
fn preferred(old: Point, new: Point, is_better: impl FnOnce(f64, f64) -> bool) -> Point {
    let take_new = match (old.y.is_finite(), new.y.is_finite()) {
        (true, true) => is_better(new.y, old.y),
        (is_old, is_new) => !is_old && is_new,
    };
    if take_new { new } else { old }
}

impl Overview {
    /// With at most that many buckets, 2 or more.
    pub fn new(limit: usize) -> Self {
        Self { buckets: Vec::new(), width: 1, limit: limit.max(2) }
    }

    /// Restores the points of another overview. No more points can be pushed.
    pub fn of_points(points: Vec<Point>, width: u64) -> Self {
        let limit = points.len().max(2);
        Self { buckets: points.into_iter().map(Bucket::new).collect(), width, limit }
    }

    /// Adds the next point; `point.index` increases by one.
    pub fn push(&mut self, point: Point) {
        let index = usize::try_from(point.index / self.width).unwrap_or(usize::MAX);
        if index < self.buckets.len() {
            if let Some(bucket) = self.buckets.last_mut() {
                bucket.push(point);
            }
            return;
        }
        if self.buckets.len() >= self.limit {
            self.halve();
            return self.push(point);
        }
        self.buckets.push(Bucket::new(point));
    }

    /// Reduces the maximum number of buckets.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit.max(2);
        while self.buckets.len() > self.limit {
            self.halve();
        }
    }

    fn halve(&mut self) {
        let merged = self.buckets.chunks(2).map(|pair| match pair {
            [one, two] => {
                let mut both = *one;
                both.merge(two);
                both
            }
            single => single[0],
        });
        self.buckets = merged.collect();
        self.width = self.width.saturating_mul(2);
    }

    /// The stored points, in order.
    pub fn points(&self) -> Vec<Point> {
        let mut points = Vec::with_capacity(self.buckets.len() * 2);
        self.buckets.iter().for_each(|bucket| bucket.points(&mut points));
        points
    }

    /// Number of buckets.
    pub fn bucket_count(&self) -> usize {
        self.buckets.len()
    }

    /// Number of points of the curve per bucket.
    pub fn width(&self) -> u64 {
        self.width
    }

    /// Memory usage in bytes.
    pub fn bytes(&self) -> usize {
        self.buckets.capacity() * size_of::<Bucket>()
    }

    /// Whether every point is stored.
    pub fn is_complete(&self) -> bool {
        self.width == 1
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// For a curve of any length, both ends, the extremes and a gap are preserved, in order and
        /// within the limit.
        #[test]
        fn ends_and_extremes_survive(
            values in prop::collection::vec(prop_oneof![9 => -9.0..9.0, 1 => Just(f64::NAN)], 1..600),
            limit in 2_usize..40,
        ) {
            let mut overview = Overview::new(limit);
            for (index, y) in (0..).zip(&values) {
                overview.push(Point { index, step: f64::NAN, t: 0.0, y: *y });
            }
            let points = overview.points();
            prop_assert!(points.len() <= limit * 5);
            prop_assert!(points.windows(2).all(|pair| pair[0].index < pair[1].index));
            prop_assert_eq!(points[0].index, 0);
            prop_assert_eq!(points[points.len() - 1].index as usize, values.len() - 1);
            let top = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::MIN, f64::max);
            let bottom = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::MAX, f64::min);
            prop_assert_eq!(top(&mut points.iter().map(|p| p.y)), top(&mut values.iter().copied()));
            prop_assert_eq!(bottom(&mut points.iter().map(|p| p.y)), bottom(&mut values.iter().copied()));
            prop_assert_eq!(points.iter().any(|p| p.y.is_nan()), values.iter().any(|y| y.is_nan()));
            prop_assert_eq!(overview.is_complete(), values.len() <= limit);
            for point in points {
                let value = values[point.index as usize];
                prop_assert!(point.y == value || point.y.is_nan() && value.is_nan());
            }
        }
    }
}
