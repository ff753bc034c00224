//! A curve of the size of a word.

use common::number;
use leptos::prelude::*;

/// Width and height of the drawing's own units; the stylesheet sets the real size.
const WIDTH: f64 = 100.0;
const HEIGHT: f64 = 24.0;

/// The values from left to right, scaled to the available space. Draws nothing below two points.
#[component]
pub fn Sparkline(
    /// The values; non-finite ones are skipped.
    values: Vec<f64>,
    /// The label, for assistive technology.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let points = polyline(&values);
    (!points.is_empty()).then(|| {
        view! {
            <svg class="sparkline" viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label=label>
                <polyline points=points></polyline>
            </svg>
        }
    })
}

/// The `points` attribute of a polyline; empty below two points.
fn polyline(values: &[f64]) -> String {
    let finite: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    if finite.len() < 2 {
        return String::new();
    }
    let low = finite.iter().copied().fold(f64::INFINITY, f64::min);
    let high = finite.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // A flat curve lies in the middle.
    let (low, span) = if high > low { (low, high - low) } else { (low - 1.0, 2.0) };
    // Far fewer points than 2^52.
    #[expect(clippy::cast_precision_loss)]
    let step = WIDTH / (finite.len() - 1) as f64;
    let mut points = String::with_capacity(finite.len() * 12);
    let mut x = 0.0;
    for value in finite {
        let y = HEIGHT - 1.0 - (value - low) / span * (HEIGHT - 2.0);
        points += &format!("{},{} ", number::fixed(x, 1), number::fixed(y, 1));
        x += step;
    }
    points.truncate(points.trim_end().len());
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_fills_its_space() {
        assert_eq!(polyline(&[0.0, 1.0]), "0.0,23.0 100.0,1.0");
        assert_eq!(polyline(&[5.0, 5.0, 5.0]), "0.0,12.0 50.0,12.0 100.0,12.0");
    }

    #[test]
    fn non_finite_values_are_skipped() {
        assert_eq!(polyline(&[f64::NAN, 1.0]), "");
        assert_eq!(polyline(&[0.0, f64::INFINITY, 1.0]), "0.0,23.0 100.0,1.0");
    }
}
