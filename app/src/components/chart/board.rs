//! The charts of a board, in one section per key prefix.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::board_data::is_machine;
use super::card::ChartCard;
use super::legend::Legend;
use super::{Board, BoardOptions, Shared};
use crate::i18n::use_messages;

/// A chart for every key of a board.
#[component]
pub fn CurveBoard(
    /// The curves.
    #[prop(into)]
    board: Signal<Shared<Board>>,
    /// The drawing options.
    #[prop(into)]
    options: Signal<BoardOptions>,
    /// The highlighted run, shared by all charts and other views of the run.
    highlighted: RwSignal<Option<Arc<str>>>,
    /// Called with the key of a chart and the visible range of its x axis after a zoom; `None` for the full range.
    #[prop(into)]
    on_zoom: Callback<(String, Option<(f64, f64)>)>,
    /// Smaller charts, without a legend.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let hidden = RwSignal::new(BTreeSet::<Arc<str>>::new());
    let sections = Memo::new(move |_| {
        options.with(|options| board.with(|board| board.sections(&options.filter)))
    });
    let prefixes = Memo::new(move |_| {
        sections.with(|all| all.iter().map(|(prefix, _)| prefix.clone()).collect::<Vec<_>>())
    });
    let several = Memo::new(move |_| prefixes.with(|prefixes| prefixes.len() > 1));
    let section = move |prefix: String| {
        let (open, own) = (!is_machine(&prefix), prefix.clone());
        let keys = Memo::new(move |_| {
            sections.with(|all| {
                let found = all.iter().find(|(known, _)| *known == own);
                found.map(|(_, keys)| keys.clone()).unwrap_or_default()
            })
        });
        view! { <Section prefix open titled=several keys board options highlighted hidden on_zoom small/> }
    };
    view! {
        <div class="board" class:board--small=small>
            {(!small).then(|| view! { <Legend board highlighted hidden/> })}
            <For each=move || prefixes.get() key=Clone::clone let:prefix>{section(prefix)}</For>
        </div>
    }
}

/// The charts of one prefix.
#[component]
fn Section(
    prefix: String,
    open: bool,
    titled: Memo<bool>,
    keys: Memo<Vec<String>>,
    board: Signal<Shared<Board>>,
    options: Signal<BoardOptions>,
    highlighted: RwSignal<Option<Arc<str>>>,
    hidden: RwSignal<BTreeSet<Arc<str>>>,
    on_zoom: Callback<(String, Option<(f64, f64)>)>,
    small: bool,
) -> impl IntoView {
    let t = use_messages().chart();
    let title = if prefix.is_empty() { t.no_prefix.to_owned() } else { prefix };
    view! {
        <details class="board__section" class:board__section--plain=move || !titled.get() open=open>
            <summary class="board__head">
                <span class="board__title">{title}</span>
                <span class="board__count">{move || keys.with(Vec::len)}</span>
            </summary>
            <div class="board__charts">
                <For each=move || keys.get() key=Clone::clone let:key>
                    <ChartCard key board options highlighted hidden on_zoom small/>
                </For>
            </div>
        </details>
    }
}
