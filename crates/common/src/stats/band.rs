//! The mean of several curves, with their deviation.

use super::spread;

/// A mean curve with its band.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Band {
    /// The x positions, increasing.
    pub x: Vec<f64>,
    /// The mean of the curves at these positions.
    pub mean: Vec<f64>,
    /// One standard deviation below it.
    pub low: Vec<f64>,
    /// One above it.
    pub high: Vec<f64>,
}

/// Mean and deviation of curves with different x positions, at most at `max_points` positions.
///
/// The positions are those of the curve with the most points; the others are interpolated linearly,
/// and count only between their own ends. Non-finite points are ignored. The x of each curve are
/// increasing.
#[must_use]
pub fn band(curves: &[(&[f64], &[f64])], max_points: usize) -> Band {
    let mut band = Band::default();
    let Some((positions, _)) = curves.iter().max_by_key(|(x, _)| x.len()) else { return band };
    let step = positions.len().div_ceil(max_points.max(2)).max(1);
    let last = positions.len().saturating_sub(1);
    let mut walkers: Vec<usize> = vec![0; curves.len()];
    for (at, position) in positions.iter().enumerate() {
        if at % step != 0 && at != last {
            continue;
        }
        let values = curves
            .iter()
            .zip(&mut walkers)
            .filter_map(|((x, y), walker)| interpolate(x, y, *position, walker));
        let Some(spread) = spread(values) else { continue };
        band.x.push(*position);
        band.mean.push(spread.mean);
        band.low.push(spread.mean - spread.std);
        band.high.push(spread.mean + spread.std);
    }
    band
}

/// The value of a curve at a position; `walker` is the index where the last one was found.
fn interpolate(x: &[f64], y: &[f64], position: f64, walker: &mut usize) -> Option<f64> {
    while *walker + 1 < x.len() && x[*walker + 1] <= position {
        *walker += 1;
    }
    let (before, value) = (*x.get(*walker)?, *y.get(*walker)?);
    if before == position {
        return Some(value);
    }
    let (after, next) = (*x.get(*walker + 1)?, *y.get(*walker + 1)?);
    (before < position && position < after)
        .then(|| value + (next - value) * (position - before) / (after - before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_meet_at_the_places_of_the_finest() {
        let fine = ([0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 2.0, 3.0]);
        let coarse = ([0.0, 2.0], [2.0, 4.0]);
        let found = band(&[(&fine.0, &fine.1), (&coarse.0, &coarse.1)], 100);
        assert_eq!(found.x, [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(found.mean, [1.0, 2.0, 3.0, 3.0], "the coarse one ends at 2");
        assert!((found.high[0] - (1.0 + 2.0_f64.sqrt())).abs() < 1e-12);
        assert_eq!(found.low[3], 3.0);
    }

    #[test]
    fn many_points_become_few_and_the_ends_stay() {
        let x: Vec<f64> = (0..1000).map(f64::from).collect();
        let found = band(&[(&x, &x), (&x, &x)], 100);
        assert!(found.x.len() <= 101);
        assert_eq!((found.x[0], found.x[found.x.len() - 1]), (0.0, 999.0));
    }

    #[test]
    fn gaps_and_nothing_do_no_harm() {
        let found = band(&[(&[0.0, 1.0], &[f64::NAN, 1.0]), (&[0.0, 1.0], &[3.0, 3.0])], 10);
        assert_eq!(found.mean, [3.0, 2.0]);
        assert_eq!(band(&[], 10), Band::default());
    }
}
