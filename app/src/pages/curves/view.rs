//! The charts of runs with their toolbar.

use std::sync::Arc;

use common::metric::{SeriesRequest, XAxis};
use leptos::prelude::*;

use super::{CurveState, LabelledRun, follow};
use crate::components::chart::{BoardOptions, BoardToolbar, CurveBoard, Shared};
use crate::components::{EmptyState, ErrorNote, Icon, IconView, Skeleton};
use crate::i18n::use_messages;

/// Maximum number of points per curve: four per pixel column draw the same as all.
const MAX_POINTS: u32 = 1_200;
/// Above this number of runs each gets fewer points.
const FEW_RUNS: usize = 24;

/// The curves that a page displays.
#[derive(Clone, Copy)]
pub(crate) struct Curves {
    /// The runs.
    pub(crate) labelled: Signal<Vec<LabelledRun>>,
    /// The drawing options.
    pub(crate) options: RwSignal<BoardOptions>,
    /// The highlighted run.
    pub(crate) highlighted: RwSignal<Option<Arc<str>>>,
    /// Whether system metrics are included.
    pub(crate) machine: bool,
}

/// The charts of some runs, with the toolbar above them.
#[component]
pub(crate) fn CurveView(
    /// The curves.
    curves: Curves,
    /// Small charts without controls; empty while there is nothing to draw.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let t = use_messages().chart();
    let Curves { labelled, options, highlighted, machine } = curves;
    let x = Memo::new(move |_| options.with(|options| options.x.clone()));
    let runs = Memo::new(move |_| {
        labelled.with(|labelled| labelled.iter().map(|one| one.run.clone()).collect::<Vec<_>>())
    });
    let request = Memo::new(move |_| request(runs.get(), x.get(), machine));
    let follower = follow(request.into(), labelled);
    let board = Memo::new(move |_| {
        follower.state.with(|state| match state {
            CurveState::Ready(board) => board.clone(),
            _ => Shared::default(),
        })
    });
    let nothing = Memo::new(move |_| {
        follower.state.with(|state| match state {
            CurveState::Ready(board) if !board.keys.is_empty() => None,
            other => Some(other.clone()),
        })
    });
    let has_curves = Memo::new(move |_| nothing.with(Option::is_none));
    let keys = Signal::from(follower.keys);
    let limited = move || {
        let text = follower.limited.get();
        text.map(|text| view! { <p class="board-note"><IconView icon=Icon::Alert/>{text}</p> })
    };
    view! {
        {move || (!small && has_curves.get()).then(|| view! { <BoardToolbar options keys/> })}
        {limited}
        <CurveBoard board options highlighted on_zoom=move |(key, range)| follower.zoom(key, range) small/>
        {move || nothing.get().filter(|_| !small).map(|state| match state {
            CurveState::Loading => view! { <Skeleton lines=6/> }.into_any(),
            CurveState::Failed(error) => view! { <ErrorNote error/> }.into_any(),
            CurveState::Ready(_) => {
                view! { <EmptyState icon=Icon::Chart title=t.none_title text=t.none_text/> }.into_any()
            }
        })}
    }
}

fn request(runs: Vec<common::metric::RunRef>, x: XAxis, machine: bool) -> SeriesRequest {
    let many = u32::try_from(runs.len() / FEW_RUNS).unwrap_or(0).min(3);
    SeriesRequest {
        max_points: MAX_POINTS / (1 + many),
        keys: if machine { vec!["*".to_owned()] } else { Vec::new() },
        runs,
        x,
        ..SeriesRequest::default()
    }
}
