//! Downsampling and smoothing of curves.

/// Selects at most `max_points` points so that the drawn line keeps its shape: of every segment the
/// first, the lowest, the highest and the last point.
///
/// `x` and `y` have the same length (excess values are ignored); a `y` that is NaN is a gap. A
/// segment that contains a gap includes a point of it if there is space, so that the gap stays
/// visible. The first and the last point are always included when `max_points` is 2 or more.
#[must_use]
pub fn min_max(x: &[f64], y: &[f64], max_points: usize) -> (Vec<f64>, Vec<f64>) {
    let len = x.len().min(y.len());
    let (x, y) = (&x[..len], &y[..len]);
    if len <= max_points {
        return (x.to_vec(), y.to_vec());
    }
    let selected = match max_points {
        0 => Vec::new(),
        1 => vec![len - 1],
        2 | 3 => vec![0, len - 1],
        _ => select_in_segments(y, max_points),
    };
    selected.into_iter().map(|at| (x[at], y[at])).unzip()
}

/// The indices of the selected points, in order.
fn select_in_segments(y: &[f64], max_points: usize) -> Vec<usize> {
    let count = max_points / 4;
    let mut selected = Vec::with_capacity(max_points);
    for segment in 0..count {
        let (start, end) = (bound(segment, y.len(), count), bound(segment + 1, y.len(), count));
        selected.extend(points_of(y, start, end));
    }
    selected
}

/// The start of a segment; the product of two lengths may exceed 32 bits.
fn bound(segment: usize, len: usize, count: usize) -> usize {
    let index = segment as u64 * len as u64 / (count as u64).max(1);
    usize::try_from(index).unwrap_or(len)
}

/// At most four indices of one segment.
fn points_of(y: &[f64], start: usize, end: usize) -> Vec<usize> {
    let inner = start..end;
    let finite = || inner.clone().filter(|at| y[*at].is_finite());
    let lowest = finite().reduce(|best, at| if y[at] < y[best] { at } else { best });
    let highest = finite().reduce(|best, at| if y[at] > y[best] { at } else { best });
    let mut indices = vec![start, end - 1];
    indices.extend(lowest);
    indices.extend(highest);
    indices.sort_unstable();
    indices.dedup();
    let Some(gap) = gap_of(y, start, end) else {
        return indices;
    };
    if indices.len() == 4 && !y[end - 1].is_finite() && !indices.contains(&gap) {
        // A gap is more visible than any other point. It replaces the last point if the next
        // segment continues from it, else the first.
        match end < y.len() {
            true => drop(indices.pop()),
            false if start > 0 => drop(indices.remove(0)),
            false => return indices,
        }
    }
    if indices.len() < 4 {
        indices.push(gap);
        indices.sort_unstable();
        indices.dedup();
    }
    indices
}

/// The point that represents the non-finite values of a segment: the first of those at its end,
/// else the first.
fn gap_of(y: &[f64], start: usize, end: usize) -> Option<usize> {
    let is_non_finite = |at: &usize| !y[*at].is_finite();
    let trailing = (start..end).rev().take_while(is_non_finite).last();
    trailing.or_else(|| (start..end).find(is_non_finite))
}

/// The indices of the points that draw the same picture as all: of every pixel column the first,
/// the lowest, the highest and the last one (M4), at most `max_points` in total, in order.
///
/// `x` is increasing and has the length of `y`. A column is a part of the range from `from` to
/// `to`; points outside belong to the outermost columns. A column with non-finite values includes
/// one of them if it has fewer than four points.
#[must_use]
pub fn m4(x: &[f64], y: &[f64], (from, to): (f64, f64), max_points: usize) -> Vec<usize> {
    let len = x.len().min(y.len());
    if len <= max_points {
        return (0..len).collect();
    }
    let columns = max_points / 4;
    if columns == 0 {
        return (len - max_points.min(len)..len).collect();
    }
    #[expect(clippy::cast_precision_loss, reason = "a picture has less than 2^53 columns")]
    let scale = columns as f64 / (to - from);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "cut to the columns; what is no number is the first one"
    )]
    let column_of = |x: f64| (((x - from) * scale).max(0.0) as usize).min(columns - 1);
    let mut selected = Vec::with_capacity(max_points);
    let mut start = 0;
    while start < len {
        let column = column_of(x[start]);
        let ahead = x[start..len].iter().position(|x| column_of(*x) != column);
        let end = ahead.map_or(len, |ahead| start + ahead);
        selected.extend(points_of(y, start, end));
        start = end;
    }
    selected
}

/// Smooths a curve like TensorBoard: an exponential moving average with bias correction at the
/// start. `weight` is between 0 (unchanged) and 1 (flat).
///
/// Non-finite values are unchanged and not included in the average. A constant curve stays
/// constant.
#[must_use]
pub fn ema(values: &[f64], weight: f64) -> Vec<f64> {
    let weight = if weight.is_nan() { 0.0 } else { weight.clamp(0.0, 1.0) };
    let first = values.iter().copied().find(|value| value.is_finite());
    let is_constant = values.iter().all(|value| !value.is_finite() || Some(*value) == first);
    if weight == 0.0 || is_constant {
        return values.to_vec();
    }
    if weight >= 1.0 {
        // The limit for weight 1: the mean of all values so far.
        return running_mean(values);
    }
    let (mut last, mut decay) = (0.0, 1.0);
    let smooth = |value: &f64| {
        if !value.is_finite() {
            return *value;
        }
        last = last * weight + (1.0 - weight) * value;
        decay *= weight;
        last / (1.0 - decay)
    };
    values.iter().map(smooth).collect()
}

fn running_mean(values: &[f64]) -> Vec<f64> {
    let (mut mean, mut count) = (0.0, 0.0);
    let step = |value: &f64| {
        if !value.is_finite() {
            return *value;
        }
        count += 1.0;
        mean += (value - mean) / count;
        mean
    };
    values.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn peaks_and_ends_survive() {
        let x: Vec<f64> = (0..1000).map(f64::from).collect();
        let mut y = vec![0.0; 1000];
        (y[123], y[777]) = (50.0, -50.0);
        let (kept_x, kept_y) = min_max(&x, &y, 40);
        assert!(kept_x.len() <= 40);
        assert!(kept_x.contains(&123.0) && kept_x.contains(&777.0));
        assert_eq!((kept_x[0], kept_x[kept_x.len() - 1]), (0.0, 999.0));
        assert!(kept_y.contains(&50.0) && kept_y.contains(&-50.0));
    }

    #[test]
    fn gaps_stay_gaps() {
        let x: Vec<f64> = (0..100).map(f64::from).collect();
        let y: Vec<f64> = x.iter().map(|x| if *x == 37.0 { f64::NAN } else { 1.0 }).collect();
        let (kept_x, kept_y) = min_max(&x, &y, 20);
        let gap = kept_x.iter().position(|x| *x == 37.0).unwrap();
        assert!(kept_y[gap].is_nan());
        assert!(min_max(&x, &vec![f64::NAN; 100], 20).1.iter().all(|y| y.is_nan()));
    }

    #[test]
    fn the_first_non_finite_point_is_preserved() {
        for (begin, len) in [(777, 1000), (998, 1000), (501, 1000)] {
            let x: Vec<f64> = (0..len).map(f64::from).collect();
            let value = |x: &f64| if *x < f64::from(begin) { (x * 0.7).sin() } else { f64::NAN };
            let y: Vec<f64> = x.iter().map(value).collect();
            let selected = m4(&x, &y, (0.0, 999.0), 40);
            assert!(selected.len() <= 40);
            let first = selected.iter().find(|at| y[**at].is_nan());
            assert_eq!(first, Some(&begin.try_into().unwrap()), "{selected:?}");
            assert_eq!((selected.first(), selected.last()), (Some(&0), Some(&999)));
        }
    }

    #[test]
    fn smoothing_agrees_with_tensorboard() {
        let smooth = ema(&[1.0, 2.0, 3.0], 0.5);
        let want = [1.0, (0.25 + 1.0) / 0.75, (0.125 + 0.5 + 1.5) / 0.875];
        for (got, want) in smooth.iter().zip(want) {
            assert!((got - want).abs() < 1e-12, "{got} {want}");
        }
        assert_eq!(ema(&[0.3; 4], 0.9), [0.3; 4]);
        let gap = ema(&[1.0, f64::NAN, 3.0], 0.5);
        assert!(gap[1].is_nan() && (gap[2] - 1.75 / 0.75).abs() < 1e-12);
        assert_eq!(ema(&[1.0, 3.0], 1.0), [1.0, 2.0]);
    }

    proptest! {
        #[test]
        fn m4_preserves_first_lowest_highest_and_last_of_a_pixel_column(
            steps in prop::collection::vec(0.0_f64..3.0, 1..200),
            max_points in 4_usize..60,
        ) {
            let x: Vec<f64> = steps.iter().scan(0.0, |x, step| { *x += step; Some(*x) }).collect();
            let y: Vec<f64> = steps.iter().map(|step| (step * 977.0).sin()).collect();
            let (from, to) = (x[0], x[x.len() - 1]);
            let selected = m4(&x, &y, (from, to), max_points);
            prop_assert!(selected.len() <= max_points.max(x.len().min(max_points)));
            prop_assert!(selected.windows(2).all(|pair| pair[0] < pair[1]));
            let columns = max_points / 4;
            let column = |x: f64| (((x - from) / (to - from) * columns as f64) as usize).min(columns - 1);
            for needed in 0..columns {
                let top = |indices: &mut dyn Iterator<Item = usize>| {
                    indices.filter(|at| column(x[*at]) == needed).map(|at| y[at]).fold(f64::MIN, f64::max)
                };
                prop_assert_eq!(top(&mut selected.iter().copied()), top(&mut (0..x.len())));
            }
        }

        #[test]
        fn never_too_many_and_always_in_order(
            y in prop::collection::vec(prop_oneof![8 => -10.0..10.0, 1 => Just(f64::NAN)], 0..300),
            max_points in 0usize..80,
        ) {
            let x: Vec<f64> = (0..y.len()).map(|at| at as f64).collect();
            let (kept_x, kept_y) = min_max(&x, &y, max_points);
            prop_assert!(kept_x.len() <= max_points || kept_x.len() == y.len() && y.len() <= max_points);
            prop_assert_eq!(kept_x.len(), kept_y.len());
            prop_assert!(kept_x.is_sorted());
            let top = |values: &[f64]| values.iter().copied().fold(f64::MIN, f64::max);
            if max_points >= 4 {
                prop_assert_eq!(top(&kept_y), top(&y));
            }
        }
    }
}
