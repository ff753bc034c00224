//! Round numbers along an axis.

/// A few round numbers between two ends, with where they lie, 0 to 1.
#[must_use]
pub(super) fn ticks(min: f64, max: f64, log: bool) -> Vec<(f64, f64)> {
    if !min.is_finite() || !max.is_finite() || max <= min {
        return vec![(min, 0.5)];
    }
    if log && min > 0.0 {
        return powers(min, max);
    }
    let rough = (max - min) / 5.0;
    let unit = 10.0_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].map(|it| it * unit).into_iter().find(|it| *it >= rough);
    let step = step.unwrap_or(rough);
    let mut found = Vec::new();
    let mut value = (min / step).ceil() * step;
    while value <= max + step * 1e-9 && found.len() < 12 {
        // A step that is no power of two leaves a trace of zero.
        let clean = if value.abs() < step * 1e-9 { 0.0 } else { value };
        found.push((clean, ((clean - min) / (max - min)).clamp(0.0, 1.0)));
        value += step;
    }
    found
}

fn powers(min: f64, max: f64) -> Vec<(f64, f64)> {
    let (low, high) = (min.log10(), max.log10());
    let place = |value: f64| ((value.log10() - low) / (high - low)).clamp(0.0, 1.0);
    let step = ((high - low) / 5.0).ceil().max(1.0);
    let mut found = Vec::new();
    let mut power = (low - 1e-9).ceil();
    while power <= high + 1e-9 {
        let value = 10.0_f64.powf(power);
        found.push((value, place(value)));
        power += step;
    }
    if found.len() < 2 { vec![(min, 0.0), (max, 1.0)] } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_round() {
        let values: Vec<f64> = ticks(-0.1, 0.93, false).iter().map(|it| it.0).collect();
        assert_eq!(values.len(), 4);
        assert_eq!(values[0], 0.0);
        assert_eq!(ticks(0.0, 100.0, false).last(), Some(&(100.0, 1.0)));
    }

    #[test]
    fn powers_of_ten_are_meant() {
        let values: Vec<f64> = ticks(1e-4, 1.0, true).iter().map(|it| it.0).collect();
        assert_eq!(values.len(), 5);
        assert_eq!(ticks(2.0, 5.0, true), [(2.0, 0.0), (5.0, 1.0)]);
        assert_eq!(ticks(1.0, 1.0, false).len(), 1);
    }
}
