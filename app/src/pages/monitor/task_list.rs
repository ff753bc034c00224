//! The task list of the Monitor: active tasks first.

use std::collections::BTreeSet;

use common::page::{TaskPage, TaskQuery};
use common::{Task, TaskStatus};
use leptos::prelude::*;

use super::batches::{ListItem, gather};
use super::filter::Filter;
use super::task_item::{BatchHeader, ChooseAction, TaskItem};
use crate::components::handler::plain;
use crate::components::{Choice, Icon, IconView, Live, Select};
use crate::i18n::use_messages;
use crate::pages::live_rows::{TaskRow, follow, reconcile};
use crate::pages::manager::api::list_tasks;
use crate::remote::remote;
use crate::state::debounce::Debounce;
use crate::state::workspace::use_ws;

/// Maximum number of listed tasks; the search finds the others.
const MAX_TASKS: i64 = 200;
/// How long typing must pause before the search.
const TYPING_PAUSE: std::time::Duration = std::time::Duration::from_millis(180);

/// The list; the selection is stored in the URL.
#[component]
pub(super) fn TaskList(
    /// The filter.
    filter: Filter,
    /// The tasks whose logs are displayed.
    selected: Memo<Vec<String>>,
    /// Called with the chosen task.
    on_choose: Callback<(String, ChooseAction)>,
    /// Receives the listed tasks.
    rows: RwSignal<Vec<TaskRow>>,
) -> impl IntoView {
    let t = use_messages();
    let Filter { search, status } = filter;
    let debounce = Debounce::new();
    let typed = move |event| {
        let text = event_target_value(&event);
        debounce.after(TYPING_PAUSE, move || search.set(text));
    };
    let ws = use_ws();
    let reload = RwSignal::new(0_u64);
    let page = remote(
        move || (ws.get(), search.get(), status.get(), reload.get()),
        |(ws, query, status, _)| {
            let status = if status.is_empty() { "All".to_owned() } else { status };
            let limit = MAX_TASKS;
            list_tasks(
                ws,
                TaskQuery { query, status, limit, compact: true, ..TaskQuery::default() },
            )
        },
    );
    follow(ws, rows.into(), reload);
    let items = move |page| view! { <Items page selected on_choose rows/> }.into_any();
    let choices = Signal::derive(move || {
        let each =
            TaskStatus::ALL.map(|status| Choice::new(status.as_str(), (t.common().status)(status)));
        std::iter::once(Choice::new("", t.monitor().all)).chain(each).collect::<Vec<Choice>>()
    });
    view! {
        <nav class="watch-list" aria-label=t.monitor().tasks>
            <div class="watch-list__head">
                <label class="search-box">
                    <IconView icon=Icon::Search/>
                    <span class="visually-hidden">{t.monitor().search}</span>
                    <input class="search-box__field" type="search" autocomplete="off" spellcheck="false"
                        placeholder=t.monitor().search on:input=plain(typed)/>
                </label>
                <Select label=t.monitor().status choices value=status on_change=move |to| status.set(to)/>
            </div>
            <Live of=page lines=8 view=items/>
        </nav>
    }
}

#[component]
fn Items(
    page: Signal<TaskPage>,
    selected: Memo<Vec<String>>,
    on_choose: Callback<(String, ChooseAction)>,
    rows: RwSignal<Vec<TaskRow>>,
) -> impl IntoView {
    let t = use_messages().monitor();
    let listed = Memo::new(move |old: Option<&Vec<TaskRow>>| {
        let old = old.map_or(&[][..], Vec::as_slice);
        page.with(|page| reconcile(old, &active_first(page.items.clone())))
    });
    Effect::new(move |_| rows.set(listed.get()));
    let toggled = RwSignal::new(BTreeSet::<String>::new());
    let gathered = Memo::new(move |_| {
        let selected = selected.get();
        toggled.with(|toggled| {
            listed.with(|rows| gather(rows, &selected, |key| toggled.contains(key)))
        })
    });
    // The number of further tasks, or that there are none.
    let rest = Memo::new(move |_| {
        page.with(|page| match page.items.len() {
            0 => Some(t.no_tasks.to_owned()),
            count if page.has_more => Some((t.more_tasks)(page.total - count as u64)),
            _ => None,
        })
    });
    let rest = move || rest.get().map(|text| view! { <p class="watch-list__note">{text}</p> });
    view! {
        <ul class="watch-list__items">
            <For each=move || gathered.get() key=key let:item>
                {match item {
                    ListItem::Batch { key, count, open } => {
                        let of = key.clone();
                        let on_toggle = Callback::new(move |()| {
                            toggled.update(|all| {
                                if !all.remove(&of) {
                                    all.insert(of.clone());
                                }
                            });
                        });
                        view! { <BatchHeader key count open on_toggle/> }.into_any()
                    }
                    ListItem::Task { row, inside } => {
                        view! { <TaskItem row inside selected on_choose/> }.into_any()
                    }
                }}
            </For>
        </ul>
        {rest}
    }
}

/// The key of an item, which changes with its state.
fn key(item: &ListItem) -> (String, Option<(usize, bool)>, bool) {
    match item {
        ListItem::Batch { key, count, open } => (key.clone(), Some((*count, *open)), false),
        ListItem::Task { row, inside } => (row.name.clone(), None, *inside),
    }
}

/// Running tasks, then queued ones, then the others, each in their original order.
fn active_first(mut tasks: Vec<Task>) -> Vec<Task> {
    tasks.sort_by_key(|task| match task.status {
        TaskStatus::Running => 0,
        TaskStatus::Queued => 1,
        _ => 2,
    });
    tasks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn active_tasks_come_first_and_the_rest_is_in_a_stable_order() {
        let task = |name: &str, status| Task { name: name.to_owned(), status, ..Task::default() };
        let sorted = active_first(vec![
            task("a", TaskStatus::Completed),
            task("b", TaskStatus::Queued),
            task("c", TaskStatus::Pending),
            task("d", TaskStatus::Running),
        ]);
        let names: Vec<&str> = sorted.iter().map(|task| task.name.as_str()).collect();
        assert_eq!(names, ["d", "b", "a", "c"]);
    }
}
