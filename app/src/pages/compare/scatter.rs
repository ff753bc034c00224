//! A scatter plot of two columns, one point per run.

use leptos::prelude::*;

use super::brushes::Brushes;
use super::state::{heat_colour, id_of, name_of, use_compared};
use super::ticks::axis_labels;
use crate::components::handler::mouse;
use crate::components::{Choice, Select};
use crate::i18n::use_messages;
use crate::pages::runs_table::Dimension;
use crate::url_query::{UrlQuery, task_path};

/// The plot, with selectors for its axes.
#[component]
pub(super) fn Scatter(brushes: Brushes) -> impl IntoView {
    let t = use_messages().compare();
    let compared = use_compared();
    let names = compared.dimensions.with_value(|all| {
        all.iter().map(|it| Choice::new(it.name.clone(), it.label.clone())).collect::<Vec<_>>()
    });
    let first = names.first().map(|it| it.value.clone()).unwrap_or_default();
    let x = RwSignal::new(first);
    // The y axis follows the selected result until another column is chosen.
    let other = RwSignal::new(None::<String>);
    let y = Signal::derive(move || other.get().or(compared.target.get()).unwrap_or_default());
    let axes =
        Memo::new(move |_| Some((compared.dimension(&x.get())?, compared.dimension(&y.get())?)));
    let choices = Signal::stored(names);
    let dots = move || {
        let Some((across, up)) = axes.get() else { return Vec::new() };
        let (across, up) = (spread(&across), spread(&up));
        let heat = compared.heat();
        let marks = brushes.get();
        let dot = |(row, run): (usize, &common::runs::RunRow)| {
            let (x, y) = (across.get(row).copied().flatten()?, up.get(row).copied().flatten()?);
            let (id, title) = (id_of(run), name_of(run));
            let search =
                UrlQuery::default().with("ws", compared.ws.get_untracked().as_deref()).to_search();
            let href = task_path(&run.task, &search);
            let off = marks.iter().any(|(name, (from, to))| {
                let position = compared
                    .dimension(name)
                    .and_then(|it| it.positions().get(row).copied().flatten());
                position.is_none_or(|position| !(*from..=*to).contains(&position))
            });
            let (highlighted, enter) = (id.clone(), id);
            Some(view! {
                <a
                    class="scatter__dot"
                    class:scatter__dot--off=off
                    class:scatter__dot--lit=move || compared.highlighted.with(|it| it.as_ref() == Some(&highlighted))
                    href=href
                    title=title.clone()
                    aria-label=title
                    style:left=format!("{:.2}%", x * 100.0)
                    style:bottom=format!("{:.2}%", y * 100.0)
                    style:background=heat_colour(heat.get(row).copied().flatten())
                    on:mouseenter=mouse(move |_| compared.highlighted.set(Some(enter.clone())))
                    on:mouseleave=mouse(move |_| compared.highlighted.set(None))
                ></a>
            }.into_any())
        };
        compared.page.with_value(|page| page.rows.iter().enumerate().filter_map(dot).collect())
    };
    let across = move || axes.get().map(|(axis, _)| labels(&axis, "scatter__x", "left"));
    let up = move || axes.get().map(|(_, axis)| labels(&axis, "scatter__y", "bottom"));
    view! {
        <section class="section plot">
            <header class="section__head">
                <h2 class="section__title">{t.scatter}</h2>
                <span class="plot__choices">
                    <Select label=t.x_axis choices value=x on_change=move |name| x.set(name)/>
                    <Select label=t.y_axis choices value=y on_change=move |name| other.set(Some(name))/>
                </span>
            </header>
            <div class="scatter">{across}{up}<div class="scatter__plot">{dots}</div></div>
        </section>
    }
}

/// The positions along an axis, with a margin at both ends.
fn spread(axis: &Dimension) -> Vec<Option<f64>> {
    axis.positions().into_iter().map(|position| position.map(with_margin)).collect()
}

fn with_margin(position: f64) -> f64 {
    0.04 + position * 0.92
}

fn labels(axis: &Dimension, class: &'static str, side: &'static str) -> Vec<AnyView> {
    let label = |(word, position): (String, f64)| {
        let style = format!("{side}: {:.2}%", with_margin(position) * 100.0);
        view! { <span class=class style=style>{word}</span> }.into_any()
    };
    axis_labels(axis).into_iter().map(label).collect()
}
