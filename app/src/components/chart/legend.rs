//! The legend of a board: a click hides a run, hovering highlights it.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::{Board, Shared};
use crate::components::handler::mouse;
use crate::i18n::use_messages;

/// With more runs than this no legend is displayed: it would be larger than the charts.
const MAX_RUNS: usize = 60;

/// The runs of a board.
#[component]
pub(super) fn Legend(
    /// The displayed curves.
    board: Signal<Shared<Board>>,
    /// The highlighted run.
    highlighted: RwSignal<Option<Arc<str>>>,
    /// Runs that the user has hidden.
    hidden: RwSignal<BTreeSet<Arc<str>>>,
) -> impl IntoView {
    let t = use_messages().chart();
    let runs = Memo::new(move |_| board.with(|board| board.runs.clone()));
    let chip = move |(run, name, colour): (Arc<str>, String, String)| {
        let off = {
            let run = run.clone();
            move || hidden.with(|hidden| hidden.contains(&run))
        };
        let (pressed, enter, same) = (off.clone(), run.clone(), run.clone());
        let toggle = move |_| {
            hidden.update(|hidden| {
                if !hidden.remove(&run) {
                    hidden.insert(run.clone());
                }
            });
        };
        view! {
            <button
                type="button"
                class="legend__run"
                class:legend__run--off=off
                class:legend__run--lit=move || highlighted.with(|highlighted| highlighted.as_ref() == Some(&same))
                aria-pressed=move || if pressed() { "false" } else { "true" }
                title=t.legend_help
                on:click=mouse(toggle)
                on:mouseenter=mouse(move |_| highlighted.set(Some(enter.clone())))
                on:mouseleave=mouse(move |_| highlighted.set(None))
            >
                <i class="legend__mark" style:background=colour></i>
                <span>{name}</span>
            </button>
        }
    };
    move || {
        let runs = runs.get();
        (2..=MAX_RUNS).contains(&runs.len()).then(|| {
            view! {
                <div class="legend" role="group" aria-label=t.legend>
                    {runs.into_iter().map(chip).collect_view()}
                </div>
            }
        })
    }
}
