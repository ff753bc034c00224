//! One task in the list of the Monitor, and the heading of a batch.

use leptos::prelude::*;

use super::panes::MAX_BESIDE;
use crate::components::handler::mouse;
use crate::components::{Icon, IconView, StatusDot};
use crate::i18n::use_messages;
use crate::pages::elapsed::Elapsed;
use crate::pages::live_rows::TaskRow;

/// What choosing a task does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choose {
    /// Its log is the main one.
    Main,
    /// Its log stands beside the others, or no longer.
    Beside,
}

/// The heading of a batch.
#[component]
pub(super) fn BatchHeader(
    /// The part of the name that its tasks share.
    key: String,
    /// How many tasks it has.
    count: usize,
    /// Whether they are shown.
    open: bool,
    /// Called when they shall be shown, or no longer.
    on_toggle: Callback<()>,
) -> impl IntoView {
    let t = use_messages().monitor();
    view! {
        <li>
            <button type="button" class="watch-batch" aria-expanded=open.to_string()
                on:click=mouse(move |_| on_toggle.run(()))>
                <IconView icon=if open { Icon::ChevronDown } else { Icon::ChevronRight }/>
                <span class="watch-item__name">{key}</span>
                <span class="watch-item__time">{(t.batch_of)(count)}</span>
            </button>
        </li>
    }
}

/// A task.
#[component]
pub(super) fn TaskItem(
    /// The task.
    row: TaskRow,
    /// Whether it stands under the heading of its batch.
    inside: bool,
    /// The tasks whose logs are in view.
    selected: Memo<Vec<String>>,
    /// Called with the task that was chosen.
    on_choose: Callback<(String, Choose)>,
) -> impl IntoView {
    let t = use_messages().monitor();
    let TaskRow { name, task } = row;
    let task = RwSignal::from(task);
    let status = Memo::new(move |_| task.with(|task| task.status));
    let slot = Memo::new(move |_| {
        task.with(|task| {
            let done = task.durations_s.last().copied().flatten();
            (done, task.start_times.last().cloned().unwrap_or_default())
        })
    });
    let own = name.clone();
    let is_selected = Memo::new(move |_| selected.with(|all| all.contains(&own)));
    let can_add = move || selected.with(|all| !all.is_empty() && all.len() < MAX_BESIDE);
    let preview = Memo::new(move |_| task.with(|task| task.preview_text.clone()));
    let (main, beside) = (name.clone(), name.clone());
    view! {
        <li class="watch-row" class:watch-row--inside=inside>
            <button
                type="button"
                class="watch-item"
                class:watch-item--on=is_selected
                aria-current=move || is_selected.get().then_some("true")
                title=preview
                on:click=mouse(move |_| on_choose.run((main.clone(), Choose::Main)))
            >
                {move || view! { <StatusDot status=status.get()/> }}
                <span class="watch-item__name">{name}</span>
                <span class="watch-item__time">
                    {move || {
                        let (duration_s, started) = slot.get();
                        (!started.is_empty()).then(|| view! { <Elapsed duration_s started/> })
                    }}
                </span>
                <span class="watch-item__params">{preview}</span>
            </button>
            <button
                type="button"
                class="watch-row__beside"
                class:watch-row__beside--off=move || !can_add() || is_selected.get()
                title=t.beside
                aria-label=t.beside
                on:click=mouse(move |_| on_choose.run((beside.clone(), Choose::Beside)))
            >
                <IconView icon=Icon::Plus/>
            </button>
        </li>
    }
}
