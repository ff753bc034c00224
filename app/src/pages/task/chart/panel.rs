//! All charts of a task, live.

use common::metric::RunRef;
use leptos::prelude::*;

use crate::components::chart::{BoardOptions, board_options, curve_colour};
use crate::i18n::use_messages;
use crate::pages::curves::{CurveView, Curves, LabelledRun};

/// Maximum number of runs; earlier ones are not drawn.
const MAX_RUNS: u32 = 50;

/// One chart for each key that the task's runs track.
#[component]
pub(crate) fn ChartPanel(
    /// The task.
    #[prop(into)]
    name: Signal<String>,
    /// Number of runs.
    #[prop(into)]
    run_count: Signal<u32>,
) -> impl IntoView {
    let t = use_messages().chart();
    let labelled = Memo::new(move |_| {
        let (name, count) = (name.get(), run_count.get());
        let run = |run: u32| LabelledRun {
            run: RunRef::new(name.clone(), run),
            name: (t.run_number)(run),
            colour: curve_colour(run as usize - 1),
            group: None,
        };
        (count.saturating_sub(MAX_RUNS) + 1..=count).map(run).collect::<Vec<_>>()
    });
    let curves = Curves {
        labelled: labelled.into(),
        options: board_options(),
        highlighted: RwSignal::new(None),
        machine: true,
    };
    view! { <CurveView curves/> }
}

/// Small charts of a task's newest run; empty while there is nothing to draw.
#[component]
pub(crate) fn SmallCharts(
    /// The task.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let t = use_messages().chart();
    let labelled = Memo::new(move |_| {
        let run = RunRef::new(name.get(), 0);
        vec![LabelledRun { run, name: t.newest.to_owned(), colour: curve_colour(0), group: None }]
    });
    let options = RwSignal::new(BoardOptions::default());
    let highlighted = RwSignal::new(None);
    view! { <CurveView curves=Curves { labelled: labelled.into(), options, highlighted, machine: false } small=true/> }
}
