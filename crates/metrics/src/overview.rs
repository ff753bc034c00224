//! A curve of any length in bounded memory: its calls in buckets of equal width, of each bucket the first,
//! the lowest, the highest and the last point. When there are too many buckets, every two become one.
//!
//! What M4 draws (Jugel et al., "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014),
//! made without knowing the length beforehand.

/// A point of a curve with everything it can be drawn over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Its place among those of its key, from 0.
    pub index: u64,
    /// NaN where none was given.
    pub step: f64,
    /// Seconds since 1970; NaN where it is not known.
    pub t: f64,
    pub y: f64,
}

/// The kept points of a stretch.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bucket {
    first: Point,
    last: Point,
    min: Point,
    max: Point,
    /// The first one that is not finite.
    odd: Option<Point>,
}

/// The curve so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    buckets: Vec<Bucket>,
    /// How many points a bucket stands for; a power of two.
    width: u64,
    limit: usize,
}

impl Bucket {
    fn new(point: Point) -> Self {
        let odd = (!point.y.is_finite()).then_some(point);
        Self { first: point, last: point, min: point, max: point, odd }
    }

    fn push(&mut self, point: Point) {
        self.join(&Self::new(point));
    }

    fn join(&mut self, later: &Self) {
        self.last = later.last;
        self.min = preferred(self.min, later.min, |new, old| new < old);
        self.max = preferred(self.max, later.max, |new, old| new > old);
        self.odd = self.odd.or(later.odd);
    }

    fn points(&self, into: &mut Vec<Point>) {
        let mut points =
            [Some(self.first), Some(self.min), Some(self.max), Some(self.last), self.odd];
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

/// The earlier of two points, unless the later one is better; what is not finite is worse than all.
fn preferred(old: Point, new: Point, is_better: impl FnOnce(f64, f64) -> bool) -> Point {
    let take_new = match (old.y.is_finite(), new.y.is_finite()) {
        (true, true) => is_better(new.y, old.y),
        (is_old, is_new) => !is_old && is_new,
    };
    if take_new { new } else { old }
}

impl Overview {
    /// With that many buckets at most, 2 or more.
    pub fn new(limit: usize) -> Self {
        Self { buckets: Vec::new(), width: 1, limit: limit.max(2) }
    }

    /// Points that another overview kept. More cannot be pushed.
    pub fn of_points(points: Vec<Point>, width: u64) -> Self {
        let limit = points.len().max(2);
        Self { buckets: points.into_iter().map(Bucket::new).collect(), width, limit }
    }

    /// Takes the next point; `point.index` grows by one.
    pub fn push(&mut self, point: Point) {
        let place = usize::try_from(point.index / self.width).unwrap_or(usize::MAX);
        if place < self.buckets.len() {
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

    /// Keeps fewer buckets from now on.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit.max(2);
        while self.buckets.len() > self.limit {
            self.halve();
        }
    }

    fn halve(&mut self) {
        let joined = self.buckets.chunks(2).map(|pair| match pair {
            [one, two] => {
                let mut both = *one;
                both.join(two);
                both
            }
            rest => rest[0],
        });
        self.buckets = joined.collect();
        self.width = self.width.saturating_mul(2);
    }

    /// The kept points, in order.
    pub fn points(&self) -> Vec<Point> {
        let mut points = Vec::with_capacity(self.buckets.len() * 2);
        self.buckets.iter().for_each(|bucket| bucket.points(&mut points));
        points
    }

    /// How many buckets there are.
    pub fn kept(&self) -> usize {
        self.buckets.len()
    }

    /// How many points of the curve a bucket stands for.
    pub fn width(&self) -> u64 {
        self.width
    }

    /// What it takes in memory.
    pub fn bytes(&self) -> usize {
        self.buckets.capacity() * size_of::<Bucket>()
    }

    /// Whether every point is kept.
    pub fn is_whole(&self) -> bool {
        self.width == 1
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// However long the curve, both ends, the extremes and a gap survive, in order and within the limit.
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
            prop_assert_eq!(overview.is_whole(), values.len() <= limit);
            for point in points {
                let value = values[point.index as usize];
                prop_assert!(point.y == value || point.y.is_nan() && value.is_nan());
            }
        }
    }
}
