//! Spearman's rank correlation.

/// How monotonically two quantities are related, −1 to 1, for any shape of the relation.
///
/// Pairs with a non-finite value are ignored. `None` for fewer than three pairs, or if one side is
/// constant. Equal values share the mean of their ranks.
#[must_use]
pub fn spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    let pairs: Vec<(f64, f64)> = x
        .iter()
        .zip(y)
        .filter(|(x, y)| x.is_finite() && y.is_finite())
        .map(|(x, y)| (*x, *y))
        .collect();
    if pairs.len() < 3 {
        return None;
    }
    let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    pearson(&ranks(&x), &ranks(&y))
}

/// The rank of each value, from 1; ties share the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let same = |at: &usize| values[*at] == values[order[from]];
        let to = from + order[from..].iter().take_while(|at| same(at)).count();
        #[expect(clippy::cast_precision_loss, reason = "far fewer values than 2^53")]
        let rank = (from + to + 1) as f64 / 2.0;
        for at in &order[from..to] {
            ranks[*at] = rank;
        }
        from = to;
    }
    ranks
}

fn pearson(x: &[f64], y: &[f64]) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "far fewer values than 2^53")]
    let n = x.len() as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / n;
    let (mean_x, mean_y) = (mean(x), mean(y));
    let product: f64 = x.iter().zip(y).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let square = |values: &[f64], mean: f64| values.iter().map(|v| (v - mean).powi(2)).sum::<f64>();
    let size = (square(x, mean_x) * square(y, mean_y)).sqrt();
    (size > 0.0).then(|| (product / size).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_rising_curve_counts_as_one() {
        let x = [1e-4, 1e-3, 1e-2, 1e-1];
        assert_eq!(spearman(&x, &[1.0, 2.0, 50.0, 51.0]), Some(1.0));
        assert_eq!(spearman(&x, &[9.0, 7.0, 5.0, -1.0]), Some(-1.0));
    }

    #[test]
    fn ties_share_their_ranks() {
        // Ranks 1, 2.5, 2.5, 4, 5 against 1, 3, 2, 5, 4: 8.5 over the root of 9.5 times 10.
        let found = spearman(&[1.0, 2.0, 2.0, 3.0, 4.0], &[1.0, 3.0, 2.0, 5.0, 4.0]).unwrap();
        assert!((found - 8.5 / 95.0_f64.sqrt()).abs() < 1e-12, "{found}");
    }

    #[test]
    fn an_unknown_rest_is_not_estimated() {
        assert_eq!(spearman(&[1.0, 2.0], &[1.0, 2.0]), None);
        assert_eq!(spearman(&[1.0; 4], &[1.0, 2.0, 3.0, 4.0]), None);
        let holes = spearman(&[1.0, 2.0, 3.0, 4.0], &[1.0, f64::NAN, 3.0, 9.0]);
        assert_eq!(holes, Some(1.0));
    }
}
