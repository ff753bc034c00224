//! The items of the Monitor's list: a task, and the header of a batch.

use leptos::prelude::*;

use super::panes::MAX_BESIDE;
use crate::components::handler::mouse;
use crate::components::{Icon, IconView, StatusDot};
use crate::i18n::use_messages;
use crate::pages::elapsed::Elapsed;
use crate::pages::live_rows::TaskRow;

/// The effect of choosing a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChooseAction {
    /// Its log becomes the main one.
    Main,
    /// Its log is added beside the others, or removed.
    Beside,
}

/// The header of a batch.
#[component]
pub(super) fn BatchHeader(
    /// The common prefix of the task names.
    key: String,
    /// Number of tasks.
    count: usize,
    /// Whether the batch is expanded.
    open: bool,
    /// Called to expand or collapse the batch.
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
    /// Whether it belongs to a batch header.
    inside: bool,
    /// The tasks whose logs are displayed.
    selected: Memo<Vec<String>>,
    /// Called with the chosen task.
    on_choose: Callback<(String, ChooseAction)>,
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
                on:click=mouse(move |_| on_choose.run((main.clone(), ChooseAction::Main)))
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
                on:click=mouse(move |_| on_choose.run((beside.clone(), ChooseAction::Beside)))
            >
                <IconView icon=Icon::Plus/>
            </button>
        </li>
    }
}
