//! All charts of a task, live.

use std::time::Duration;

use common::live::Change;
use common::metric::Series;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::align;
use super::card::ChartCard;
use crate::AppError;
use crate::components::{EmptyState, ErrorNote, Icon, Skeleton};
use crate::i18n::use_messages;
use crate::pages::task::api::read_metrics;
use crate::state::live::use_live;
use crate::state::workspace::use_ws;

/// The most points of one curve: about as many as a wide chart has pixels.
const MAX_POINTS: u32 = 1_000;
/// How long changes are gathered before the series are read anew.
const REFRESH_GAP: Duration = Duration::from_millis(400);

/// What is known of the series.
#[derive(Debug, Clone, PartialEq)]
enum Curves {
    Loading,
    Failed(AppError),
    Here(Vec<Series>),
}

/// A chart for each key that the task's runs track.
#[component]
pub(crate) fn ChartPanel(
    /// The task.
    #[prop(into)]
    name: Signal<String>,
    /// Height of each chart, in pixels.
    height_px: f64,
    /// Say nothing while there is nothing to draw.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let curves = follow_curves(name);
    let series = Memo::new(move |_| {
        curves.with(|curves| match curves {
            Curves::Here(series) => series.clone(),
            _ => Vec::new(),
        })
    });
    let keys = Memo::new(move |_| series.with(|series| align::keys(series)));
    let nothing = Memo::new(move |_| {
        curves.with(|curves| match curves {
            Curves::Here(series) if !series.is_empty() => None,
            other => Some(other.clone()),
        })
    });
    view! {
        <div class="charts">
            <For each=move || keys.get() key=Clone::clone let:key>
                <ChartCard key series height_px/>
            </For>
        </div>
        {move || nothing.get().filter(|_| !quiet).map(|curves| view! { <Nothing curves/> })}
    }
}

#[component]
fn Nothing(curves: Curves) -> impl IntoView {
    let t = use_messages().task();
    match curves {
        Curves::Loading => view! { <Skeleton lines=6/> }.into_any(),
        Curves::Failed(error) => view! { <ErrorNote error/> }.into_any(),
        Curves::Here(_) => {
            view! { <EmptyState icon=Icon::Monitor title=t.charts_none_title text=t.charts_none_text/> }.into_any()
        }
    }
}

/// The series of a task, read in the browser and again whenever new points arrived.
fn follow_curves(name: Signal<String>) -> RwSignal<Curves> {
    let ws = use_ws();
    let curves = RwSignal::new(Curves::Loading);
    let fetch = move || {
        let (ws, asked) = (ws.get_untracked(), name.get_untracked());
        spawn_local(async move {
            let answer = read_metrics(ws, asked.clone(), MAX_POINTS).await;
            // Another task may have been chosen meanwhile.
            if name.try_get_untracked() == Some(asked) {
                let _ = curves.try_set(match answer {
                    Ok(metrics) => Curves::Here(metrics.series),
                    Err(error) => Curves::Failed(error),
                });
            }
        });
    };
    Effect::new(move |_| {
        ws.track();
        name.track();
        curves.set(Curves::Loading);
        fetch();
    });
    let waiting = StoredValue::new(false);
    use_live().on(move |change| {
        if concerns(change, ws.get_untracked().as_deref(), &name.get_untracked())
            && !waiting.get_value()
        {
            waiting.set_value(true);
            let refresh = move || {
                // The panel may be gone by then.
                if waiting.try_set_value(false).is_none() {
                    fetch();
                }
            };
            set_timeout(refresh, REFRESH_GAP);
        }
    });
    curves
}

fn concerns(change: &Change, ws: Option<&str>, task: &str) -> bool {
    match change {
        Change::Hello { .. } | Change::Resync => true,
        Change::MetricsChanged { workspace, name, .. } => {
            name == task && ws.is_none_or(|ws| ws == workspace)
        }
        _ => false,
    }
}
