//! Brings the curves of one key together: every run over the same x values.

use common::metric::Series;

/// Stands in a column where a run has no point at that x; the curve goes straight on.
///
/// NaN stands where the run itself reported NaN or an infinity; there the curve has a gap.
pub const ABSENT: f64 = f64::INFINITY;

/// The curves of one key.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curves {
    /// The key given to `track()`.
    pub key: String,
    /// The runs, from 1, one per column.
    pub runs: Vec<u32>,
    /// All x values of all runs, increasing.
    pub x: Vec<f64>,
    /// A column per run, each as long as `x`.
    pub columns: Vec<Vec<f64>>,
}

/// The keys of a task's series, in the order in which they come.
#[must_use]
pub fn keys(series: &[Series]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for one in series {
        if !keys.contains(&one.key) {
            keys.push(one.key.clone());
        }
    }
    keys
}

/// All runs' curves of one key over their common x values.
#[must_use]
pub fn curves(series: &[Series], key: &str) -> Curves {
    let chosen: Vec<&Series> = series.iter().filter(|one| one.key == key).collect();
    let mut x: Vec<f64> = chosen.iter().flat_map(|one| one.x.iter().copied()).collect();
    x.sort_by(f64::total_cmp);
    x.dedup();
    Curves {
        key: key.to_owned(),
        runs: chosen.iter().map(|one| one.run_index).collect(),
        columns: chosen.iter().map(|one| column(&x, one)).collect(),
        x,
    }
}

fn column(x: &[f64], series: &Series) -> Vec<f64> {
    let mut points = series.x.iter().zip(&series.y).peekable();
    let mut column = Vec::with_capacity(x.len());
    for place in x {
        let mut value = ABSENT;
        // Two points at one x happen where steps repeat; the later one is the one to see.
        while let Some((_, y)) = points.next_if(|(at, _)| *at <= place) {
            value = y.unwrap_or(f64::NAN);
        }
        column.push(value);
    }
    column
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(run_index: u32, key: &str, points: &[(f64, Option<f64>)]) -> Series {
        Series {
            run_index,
            key: key.to_owned(),
            x: points.iter().map(|point| point.0).collect(),
            y: points.iter().map(|point| point.1).collect(),
            ..Series::default()
        }
    }

    #[test]
    fn runs_share_one_axis() {
        let all = [
            series(1, "loss", &[(0.0, Some(1.0)), (2.0, Some(0.5))]),
            series(2, "loss", &[(0.0, Some(2.0)), (1.0, None), (3.0, Some(0.1))]),
            series(1, "acc", &[(0.0, Some(0.3))]),
        ];
        let curves = curves(&all, "loss");
        assert_eq!(curves.runs, [1, 2]);
        assert_eq!(curves.x, [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(curves.columns[0], [1.0, ABSENT, 0.5, ABSENT]);
        assert!(curves.columns[1][1].is_nan(), "a reported NaN is a gap");
        assert_eq!(curves.columns[1][2], ABSENT);
        assert_eq!(keys(&all), ["loss", "acc"]);
    }

    #[test]
    fn repeated_steps_show_the_later_point() {
        let all = [series(1, "loss", &[(0.0, Some(1.0)), (0.0, Some(2.0)), (1.0, Some(3.0))])];
        assert_eq!(curves(&all, "loss").columns[0], [2.0, 3.0]);
    }

    #[test]
    fn nothing_makes_an_empty_chart() {
        assert_eq!(curves(&[], "loss").x, Vec::<f64>::new());
    }
}
