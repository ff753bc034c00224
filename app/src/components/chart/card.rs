//! The card of one metric key: its statistics and its chart.

use std::collections::BTreeSet;
use std::sync::Arc;

use common::metric::XAxis;
use leptos::html;
use leptos::prelude::*;

use super::{Board, BoardOptions, KeyCurves, Shared};
use crate::components::handler::mouse;
use crate::components::{Icon, IconButton, IconView, Menu};
use crate::i18n::use_messages;
use crate::js::chart::{Chart, Curve, FileKind};
use crate::number_text;

/// The chart of one key, every run in it.
#[component]
pub(super) fn ChartCard(
    /// The key given to `track()`.
    key: String,
    board: Signal<Shared<Board>>,
    options: Signal<BoardOptions>,
    highlighted: RwSignal<Option<Arc<str>>>,
    hidden: RwSignal<BTreeSet<Arc<str>>>,
    on_zoom: Callback<(String, Option<(f64, f64)>)>,
    small: bool,
) -> impl IntoView {
    let t = use_messages().chart();
    let (card, host) = (NodeRef::<html::Figure>::new(), NodeRef::<html::Div>::new());
    let label = (t.chart_of)(&key);
    let key = StoredValue::new(key);
    let zoomed = RwSignal::new(false);
    let full = FullScreen { card, fills: RwSignal::new(false) };
    let all = Memo::new(move |_| board.with(|board| key.with_value(|key| board.curves(key))));
    let lines = Memo::new(move |_| without_hidden(&all.get(), &hidden.get()));
    let chart = StoredValue::new_local(None::<Chart>);
    Effect::new(move |_| {
        let Some(host) = host.get() else { return };
        let on_hover = move |index: Option<usize>| {
            let run =
                index.and_then(|at| lines.with_untracked(|lines| lines.runs.get(at).cloned()));
            let _ = highlighted.try_set(run);
        };
        let on_range = move |range: Option<(f64, f64)>| {
            let _ = zoomed.try_set(range.is_some());
            if let Some(key) = key.try_get_value() {
                on_zoom.run((key, range));
            }
        };
        // Created in an effect because only the browser runs effects: the server could not drop it.
        chart.set_value(Some(Chart::new(&host, on_hover, on_range)));
        draw(chart, lines, options, highlighted);
    });
    view! {
        <figure class="chart-card" class:chart-card--fills=move || full.fills.get() node_ref=card
            on:keydown=move |event| full.key(&event)>
            <figcaption class="chart-card__head">
                <span class="chart-card__key">{key.get_value()}</span>
                <Statistics all/>
                <span class="chart-card__actions">
                    <Show when=move || zoomed.get()>
                        <IconButton icon=Icon::Reset label=t.show_all
                            on_click=move |_| with(chart, Chart::show_all)/>
                    </Show>
                    {(!small).then(|| view! { <Save chart key/> })}
                    <IconButton icon=Icon::Expand label=t.full_screen on_click=move |_| full.toggle()/>
                </span>
            </figcaption>
            <div class="chart-card__plot" node_ref=host role="img" tabindex="0" aria-label=label title=""></div>
        </figure>
    }
}

/// Redraws what changes: the options, the curves, the highlighted curve.
fn draw(
    chart: StoredValue<Option<Chart>, LocalStorage>,
    lines: Memo<Shared<KeyCurves>>,
    options: Signal<BoardOptions>,
    highlighted: RwSignal<Option<Arc<str>>>,
) {
    let t = use_messages().chart();
    Effect::new(move |_| {
        let options = options.get();
        let label = match &options.x {
            XAxis::Step => t.step,
            XAxis::Index => t.index,
            XAxis::Elapsed => t.elapsed,
            XAxis::Time => t.clock,
            XAxis::Key(key) => key,
        };
        with(chart, |chart| {
            chart.set_options(&options.chart_options(label, [t.non_finite_since, t.non_finite_at]));
        });
    });
    Effect::new(move |_| lines.with(|lines| with(chart, |chart| chart.curves(&lines.curves))));
    Effect::new(move |_| {
        let position = highlighted.with(|highlighted| {
            let run = highlighted.as_ref()?;
            lines.with(|lines| lines.runs.iter().position(|other| other == run))
        });
        with(chart, |chart| chart.highlight(position));
    });
}

fn with(chart: StoredValue<Option<Chart>, LocalStorage>, act: impl FnOnce(&Chart)) {
    let _ = chart.try_with_value(|chart| chart.as_ref().map(act));
}

fn without_hidden(lines: &Shared<KeyCurves>, hidden: &BTreeSet<Arc<str>>) -> Shared<KeyCurves> {
    if hidden.is_empty() || !lines.runs.iter().any(|run| hidden.contains(run)) {
        return lines.clone();
    }
    let seen = lines.runs.iter().zip(&lines.curves).filter(|(run, _)| !hidden.contains(*run));
    let (runs, curves) = seen.map(|(run, curve)| (run.clone(), curve.clone())).unzip();
    Shared::new(KeyCurves { runs, curves })
}

/// The last value, which may be NaN, and the smallest and largest finite one, if there is one curve; else the number of curves.
#[component]
fn Statistics(all: Memo<Shared<KeyCurves>>) -> impl IntoView {
    let t = use_messages().chart();
    let statistic = |word: &'static str, value: Option<f64>| {
        let non_finite = value.is_some_and(|value| !value.is_finite());
        let value = value.map_or_else(|| "–".to_owned(), number_text::short);
        view! { <span class="chart-card__figure">{word}" "<b class:non-finite=non_finite>{value}</b></span> }
    };
    move || {
        let lines = all.get();
        let [curve] = lines.curves.as_slice() else {
            return view! { <span class="chart-card__figure">{(t.curves)(lines.curves.len())}</span> }.into_any();
        };
        let (last, min, max) = statistics_of(curve);
        (statistic(t.last, last), statistic(t.min, min), statistic(t.max, max)).into_any()
    }
}

fn statistics_of(curve: &Curve) -> (Option<f64>, Option<f64>, Option<f64>) {
    let finite = || curve.y.iter().copied().filter(|value| value.is_finite());
    (curve.y.last().copied(), finite().reduce(f64::min), finite().reduce(f64::max))
}

/// The menu that saves the chart as a file.
#[component]
fn Save(
    chart: StoredValue<Option<Chart>, LocalStorage>,
    key: StoredValue<String>,
) -> impl IntoView {
    let t = use_messages().chart();
    let item = move |kind: FileKind| {
        let word = match kind {
            FileKind::Png => t.save_png,
            FileKind::Svg => t.save_svg,
            FileKind::Csv => t.save_csv,
        };
        let save = move |_| with(chart, |chart| key.with_value(|key| chart.save(kind, key)));
        view! { <button type="button" class="menu__item" on:click=mouse(save)>{word}</button> }
    };
    view! {
        <Menu label=t.save class="button button--quiet button--icon" button=|| view! { <IconView icon=Icon::Download/> }>
            {FileKind::ALL.map(item).into_iter().collect_view()}
        </Menu>
    }
}

/// The full-screen mode of a card.
#[derive(Clone, Copy)]
struct FullScreen {
    card: NodeRef<html::Figure>,
    /// Set if the card fills the page instead, because the browser has no full-screen mode (phones).
    fills: RwSignal<bool>,
}

impl FullScreen {
    fn toggle(self) {
        if !self.leave()
            && let Some(card) = self.card.get_untracked()
        {
            self.fills.set(card.request_fullscreen().is_err());
        }
    }

    /// Leaves the full-screen mode; false if it was not active.
    fn leave(self) -> bool {
        let page = document();
        let was_full = page.fullscreen_element().is_some();
        if was_full {
            page.exit_fullscreen();
        }
        let filled = self.fills.get_untracked();
        self.fills.set(false);
        was_full || filled
    }

    /// Handles Escape. Desktop browsers leave their own full-screen mode before the page receives the key.
    fn key(self, event: &leptos::ev::KeyboardEvent) {
        if event.key() == "Escape" && self.leave() {
            event.stop_propagation();
        }
    }
}
