//! One key: its figures and its chart.

use common::metric::Series;
use leptos::html;
use leptos::prelude::*;

use super::align::{Curves, curves};
use crate::i18n::use_messages;
use crate::js::chart::Chart;
use crate::pages::number;

/// The chart of one key, every run in it.
#[component]
pub(super) fn ChartCard(
    /// The key given to `track()`.
    key: String,
    /// All series of the task.
    series: Memo<Vec<Series>>,
    /// Height of the drawing, in pixels.
    height_px: f64,
) -> impl IntoView {
    let t = use_messages().task();
    let node = NodeRef::<html::Div>::new();
    let label = (t.chart_of)(&key);
    let wanted = key.clone();
    let drawn = Memo::new(move |_| series.with(|series| curves(series, &wanted)));
    Effect::new(move |_| {
        let Some(host) = node.get() else { return };
        // Made here because only the browser runs effects: the server could not drop it.
        let chart = StoredValue::new_local(Chart::new(&host, t.step, height_px));
        Effect::new(move |_| {
            drawn.with(|curves| chart.with_value(|chart| show(chart, curves, t.run_number)));
        });
    });
    let owned = key.clone();
    let newest = Memo::new(move |_| {
        series.with(|series| series.iter().rfind(|one| one.key == owned).map(figures_of))
    });
    let figures = move || {
        newest.get().map(|(last, min, max)| {
            view! {
                <span class="chart-card__figure">{t.last}" "<b>{last}</b></span>
                <span class="chart-card__figure">{t.min}" "<b>{min}</b></span>
                <span class="chart-card__figure">{t.max}" "<b>{max}</b></span>
            }
        })
    };
    view! {
        <figure class="chart-card">
            <figcaption class="chart-card__head">
                <span class="chart-card__key">{key}</span>
                {figures}
            </figcaption>
            <div class="chart-card__plot" node_ref=node role="img" aria-label=label></div>
        </figure>
    }
}

fn show(chart: &Chart, curves: &Curves, run_number: fn(u32) -> String) {
    let labels: Vec<String> = curves.runs.iter().map(|run| run_number(*run)).collect();
    chart.set(&labels, &curves.x, &curves.columns);
}

fn figures_of(series: &Series) -> (String, String, String) {
    let shown = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), number::short);
    (shown(series.last), shown(series.min), shown(series.max))
}
