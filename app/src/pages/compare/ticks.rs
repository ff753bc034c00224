//! The tick labels of an axis.

use crate::pages::runs_table::{Dimension, Scale};
use common::number;

/// Maximum number of text labels.
const MAX_TEXT_LABELS: usize = 12;
/// Up to this many values of a parameter get a label each, if they are at least `MIN_LABEL_DISTANCE` apart.
const MAX_VALUE_LABELS: usize = 7;
const MIN_LABEL_DISTANCE: f64 = 0.07;

/// The labels of an axis with their positions, 0 to 1: the text values, the few values of a
/// parameter, or round numbers.
#[must_use]
pub(super) fn axis_labels(axis: &Dimension) -> Vec<(String, f64)> {
    let (min, max, log) = match &axis.scale {
        Scale::Numbers { min, max, log } => (*min, *max, *log),
        Scale::Words(words) => return word_ticks(words),
    };
    let few = axis.is_parameter.then(|| few_values(axis)).flatten();
    let values = few.unwrap_or_else(|| ticks(min, max, log));
    values.into_iter().map(|(value, position)| (number::short(value), position)).collect()
}

fn word_ticks(words: &[String]) -> Vec<(String, f64)> {
    #[expect(clippy::cast_precision_loss, reason = "a few words")]
    let position = |at: usize| (at as f64 + 0.5) / words.len().max(1) as f64;
    let label = |word: &String| if word.is_empty() { "–".to_owned() } else { word.clone() };
    let some = words.iter().enumerate().step_by(words.len().div_ceil(MAX_TEXT_LABELS).max(1));
    some.map(|(at, word)| (label(word), position(at))).collect()
}

fn few_values(axis: &Dimension) -> Option<Vec<(f64, f64)>> {
    let values = axis.cells.iter().zip(axis.positions());
    let mut values: Vec<(f64, f64)> =
        values.filter_map(|(cell, position)| Some((cell.as_number()?, position?))).collect();
    values.sort_by(|a, b| a.1.total_cmp(&b.1));
    values.dedup();
    let far = values.windows(2).all(|pair| pair[1].1 - pair[0].1 >= MIN_LABEL_DISTANCE);
    (values.len() <= MAX_VALUE_LABELS && far).then_some(values)
}

/// Round numbers between two limits, with their positions, 0 to 1.
fn ticks(min: f64, max: f64, log: bool) -> Vec<(f64, f64)> {
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
        // Removes the rounding error of a step near zero.
        let clean = if value.abs() < step * 1e-9 { 0.0 } else { value };
        found.push((clean, ((clean - min) / (max - min)).clamp(0.0, 1.0)));
        value += step;
    }
    found
}

fn powers(min: f64, max: f64) -> Vec<(f64, f64)> {
    let (low, high) = (min.log10(), max.log10());
    let position = |value: f64| ((value.log10() - low) / (high - low)).clamp(0.0, 1.0);
    let step = ((high - low) / 5.0).ceil().max(1.0);
    let mut found = Vec::new();
    let mut power = (low - 1e-9).ceil();
    while power <= high + 1e-9 {
        let value = 10.0_f64.powf(power);
        found.push((value, position(value)));
        power += step;
    }
    if found.len() < 2 { vec![(min, 0.0), (max, 1.0)] } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::runs::Cell;

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

    #[test]
    fn the_few_values_of_a_parameter_are_named() {
        let axis = |values: &[f64], is_parameter| Dimension {
            name: "params.lr".to_owned(),
            label: "lr".to_owned(),
            cells: values.iter().map(|value| Cell::Number(*value)).collect(),
            scale: Scale::Numbers { min: values[0], max: values[values.len() - 1], log: false },
            is_parameter,
        };
        let words = |axis: &Dimension| -> Vec<String> {
            axis_labels(axis).into_iter().map(|(word, _)| word).collect()
        };
        assert_eq!(words(&axis(&[0.1, 0.1, 0.15, 0.3], true)), ["0.1", "0.15", "0.3"]);
        // A result has no discrete values, and labels of close values would overlap.
        assert_eq!(words(&axis(&[0.0, 0.93], false)), ["0", "0.2", "0.4", "0.6", "0.8"]);
        assert_eq!(words(&axis(&[0.0, 0.01, 1.0], true)).len(), 6);
        let optimizers = Scale::Words(vec!["adam".to_owned(), String::new()]);
        let labelled = Dimension { scale: optimizers, ..axis(&[1.0], true) };
        assert_eq!(axis_labels(&labelled), [("adam".to_owned(), 0.25), ("–".to_owned(), 0.75)]);
    }
}
