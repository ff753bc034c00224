//! Parallel coordinates: one axis per column, one line per run. Marking a range of an axis filters the lines.

use std::fmt::Write as _;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::brushes::Brushes;
use super::state::{heat_colour, id_of, name_of, use_compared};
use super::ticks::axis_labels;
use crate::components::Button;
use crate::components::handler::mouse;
use crate::i18n::use_messages;
use crate::pages::runs_table::Dimension;

/// Maximum number of axes.
const MAX_AXES: usize = 14;

/// The plot: the parameters that differ, then the result.
#[component]
pub(super) fn Parallel(brushes: Brushes) -> impl IntoView {
    let t = use_messages().compare();
    let compared = use_compared();
    let axes = Memo::new(move |_| {
        let target = compared.target.get();
        let mut axes: Vec<Dimension> = compared.dimensions.with_value(|all| {
            all.iter().filter(|it| it.is_parameter).take(MAX_AXES - 1).cloned().collect()
        });
        axes.extend(target.and_then(|name| compared.dimension(&name)));
        axes
    });
    let positions = Memo::new(move |_| {
        axes.with(|axes| axes.iter().map(Dimension::positions).collect::<Vec<_>>())
    });
    let in_brushes = Memo::new(move |_| {
        let count = compared.page.with_value(|page| page.rows.len());
        let brushes = brushes.get();
        axes.with(|axes| positions.with(|positions| within(axes, positions, &brushes, count)))
    });
    let lines = move || {
        let heat = compared.heat();
        let line = |(row, task): (usize, &common::runs::RunRow)| {
            let (id, title) = (id_of(task), name_of(task));
            let d = positions.with(|positions| path(positions, row));
            let colour = heat_colour(heat.get(row).copied().flatten());
            let off =
                move || in_brushes.with(|in_brushes| !in_brushes.get(row).copied().unwrap_or(true));
            let (highlighted, enter) = (id.clone(), id);
            view! {
                <path
                    class="parallel__line"
                    class:parallel__line--off=off
                    class:parallel__line--lit=move || compared.highlighted.with(|it| it.as_ref() == Some(&highlighted))
                    d=d
                    style:stroke=colour
                    on:mouseenter=mouse(move |_| compared.highlighted.set(Some(enter.clone())))
                    on:mouseleave=mouse(move |_| compared.highlighted.set(None))
                >
                    <title>{title}</title>
                </path>
            }
        };
        compared.page.with_value(|page| page.rows.iter().enumerate().map(line).collect_view())
    };
    let columns = move || {
        let axes = axes.get();
        let count = axes.len();
        axes.into_iter()
            .enumerate()
            .map(|(at, axis)| view! { <Axis axis at count brushes/> })
            .collect_view()
    };
    let match_count = move || {
        let (all, left) = in_brushes.with(|in_brushes| {
            (in_brushes.len(), in_brushes.iter().filter(|in_brushes| **in_brushes).count())
        });
        (left < all).then(|| {
            view! {
                <span class="muted">{(t.match_count)(left, all)}</span>
                <Button on_click=move |_| brushes.set(Default::default())>{t.clear_marks}</Button>
            }
        })
    };
    view! {
        <section class="section plot">
            <header class="section__head">
                <h2 class="section__title">{t.parallel}</h2>
                <span class="plot__kept">{match_count}</span>
            </header>
            <p class="section__hint">{t.parallel_help}</p>
            <div class="parallel">
                <svg class="parallel__lines" viewBox="0 0 1000 1000" preserveAspectRatio="none"
                    role="img" aria-label=t.parallel>
                    {lines}
                </svg>
                {columns}
            </div>
        </section>
    }
}

/// One axis, on which a range can be marked.
#[component]
fn Axis(axis: Dimension, at: usize, count: usize, brushes: Brushes) -> impl IntoView {
    let t = use_messages().compare();
    let name = StoredValue::new(axis.name.clone());
    let began = StoredValue::new(None::<f64>);
    let mark = move |range: Option<(f64, f64)>| {
        brushes.update(|all| {
            match range {
                Some(range) => all.insert(name.get_value(), range),
                None => all.remove(&name.get_value()),
            };
        });
    };
    let down = move |event: ev::PointerEvent| {
        if let Some(position) = pointer_position(&event, true) {
            began.set_value(Some(position));
        }
    };
    let slide = move |event: ev::PointerEvent| {
        if let (Some(from), Some(to)) = (began.get_value(), pointer_position(&event, false))
            && (from - to).abs() > 0.01
        {
            mark(Some((from.min(to), from.max(to))));
        }
    };
    let up = move |event: ev::PointerEvent| {
        let from = began.try_update_value(Option::take).flatten();
        // A click without a drag removes the mark.
        if let (Some(from), Some(to)) = (from, pointer_position(&event, false))
            && (from - to).abs() <= 0.01
        {
            mark(None);
        }
    };
    let marked = move || {
        brushes.with(|all| all.get(&name.get_value()).copied()).map(|(from, to)| {
            let (bottom, height) =
                (format!("{}%", from * 100.0), format!("{}%", (to - from) * 100.0));
            view! { <i class="parallel__mark" style:bottom=bottom style:height=height></i> }
        })
    };
    let words = axis_labels(&axis).into_iter().map(|(word, position)| {
        view! { <span class="parallel__tick" style:bottom=format!("{}%", position * 100.0)>{word}</span> }
    });
    view! {
        <div
            class="parallel__axis"
            class:parallel__axis--last=at + 1 == count
            style:left=format!("{}%", x_of(at, count) / 10.0)
            title=t.mark_help
            on:pointerdown=down
            on:pointermove=slide
            on:pointerup=up
        >
            <span class="parallel__name" title=axis.name.clone()>{axis.label}</span>
            {words.collect_view()}
            {marked}
        </div>
    }
}

/// The position of the pointer on an axis, 0 (bottom) to 1 (top).
fn pointer_position(event: &ev::PointerEvent, capture: bool) -> Option<f64> {
    let axis = event.current_target()?.dyn_into::<web_sys::Element>().ok()?;
    if capture {
        event.prevent_default();
        // Fails only for a pointer that no longer exists.
        let _ = axis.set_pointer_capture(event.pointer_id());
    }
    let frame = axis.get_bounding_client_rect();
    let position = 1.0 - (f64::from(event.client_y()) - frame.top()) / frame.height().max(1.0);
    Some(position.clamp(0.0, 1.0))
}

/// The x coordinate of an axis, 0 to 1000.
#[expect(clippy::cast_precision_loss, reason = "a few axes")]
fn x_of(at: usize, count: usize) -> f64 {
    if count < 2 { 500.0 } else { at as f64 * 1000.0 / (count - 1) as f64 }
}

/// The SVG path of a row; missing values are skipped.
fn path(positions: &[Vec<Option<f64>>], row: usize) -> String {
    let mut d = String::new();
    for (at, axis) in positions.iter().enumerate() {
        if let Some(position) = axis.get(row).copied().flatten() {
            let letter = if d.is_empty() { 'M' } else { 'L' };
            // Writing to a String cannot fail.
            let _ = write!(
                d,
                "{letter}{:.1} {:.1}",
                x_of(at, positions.len()),
                (1.0 - position) * 1000.0
            );
        }
    }
    d
}

/// Whether each row lies within all marked ranges.
fn within(
    axes: &[Dimension],
    positions: &[Vec<Option<f64>>],
    brushes: &std::collections::BTreeMap<String, (f64, f64)>,
    count: usize,
) -> Vec<bool> {
    let fits = |row: usize| {
        axes.iter().zip(positions).all(|(axis, positions)| match brushes.get(&axis.name) {
            Some((from, to)) => {
                positions.get(row).copied().flatten().is_some_and(|it| (*from..=*to).contains(&it))
            }
            None => true,
        })
    };
    (0..count).map(fits).collect()
}

#[cfg(test)]
mod tests {
    use common::runs::Cell;

    use super::*;
    use crate::pages::runs_table::Scale;

    fn axis(name: &str, values: &[f64]) -> Dimension {
        Dimension {
            name: name.to_owned(),
            label: name.to_owned(),
            cells: values.iter().copied().map(Cell::Number).collect(),
            scale: Scale::Numbers { min: 0.0, max: 10.0, log: false },
            is_parameter: true,
        }
    }

    #[test]
    fn marks_narrow_the_rows() {
        let axes = [axis("a", &[0.0, 5.0, 10.0]), axis("b", &[10.0, f64::NAN, 0.0])];
        let positions: Vec<_> = axes.iter().map(Dimension::positions).collect();
        let mark = |pairs: &[(&str, (f64, f64))]| {
            pairs.iter().map(|(name, range)| ((*name).to_owned(), *range)).collect()
        };
        let in_brushes = |brushes| within(&axes, &positions, &brushes, 3);
        assert_eq!(in_brushes(mark(&[])), [true, true, true]);
        assert_eq!(in_brushes(mark(&[("a", (0.4, 1.0))])), [false, true, true]);
        assert_eq!(in_brushes(mark(&[("a", (0.4, 1.0)), ("b", (0.0, 0.1))])), [false, false, true]);
    }

    #[test]
    fn a_line_is_drawn_across_missing_values() {
        let axes = [axis("a", &[0.0]), axis("b", &[f64::NAN]), axis("c", &[10.0])];
        let positions: Vec<_> = axes.iter().map(Dimension::positions).collect();
        assert_eq!(path(&positions, 0), "M0.0 1000.0L1000.0 0.0");
    }
}
