//! Search, status and layout.

use std::time::Duration;

use common::TaskStatus;
use leptos::html;
use leptos::prelude::*;

use super::keyboard::SEARCH_ID;
use super::state::{ListResponse, use_manager};
use super::view::{Layout, View};
use crate::components::handler::{mouse, plain};
use crate::components::{Choice, Icon, IconView, Live, Segmented, StatusDot};
use crate::i18n::use_messages;
use crate::state::debounce::Debounce;

/// How long typing must pause before the search.
const TYPING_PAUSE: Duration = Duration::from_millis(180);

/// Search field and status filter.
#[component]
pub(super) fn FilterBar() -> impl IntoView {
    view! {
        <div class="filter-bar">
            <SearchBox/>
            <Live of=use_manager().page lines=0 quiet=true view=|page| {
                view! { <StatusFilter page/> }.into_any()
            }/>
        </div>
    }
}

/// The layout selector.
#[component]
pub(super) fn LayoutSwitch() -> impl IntoView {
    let t = use_messages().manager();
    let manager = use_manager();
    let layout = Signal::derive(move || manager.view.with(|view| view.layout.word().to_owned()));
    let change = move |chosen: String| {
        manager.show(|view| View { layout: Layout::parse(&chosen), ..view });
    };
    let choice = |layout: Layout| {
        let label = match layout {
            Layout::Table => t.table,
            Layout::Cards => t.cards,
            Layout::Runs => t.runs,
            Layout::Grid => t.grid,
        };
        Choice::new(layout.word(), label)
    };
    let choices = Layout::ALL.map(choice).to_vec();
    view! { <Segmented name="layout" label=t.layout choices value=layout on_change=change/> }
}

#[component]
fn SearchBox() -> impl IntoView {
    let t = use_messages().manager();
    let manager = use_manager();
    let node = NodeRef::<html::Textarea>::new();
    let debounce = Debounce::new();
    let text = Memo::new(move |_| manager.view.with(|view| view.search.clone()));
    let typed = move |_| {
        let Some(field) = node.get_untracked() else { return };
        let search = move || manager.show(|view| view.searching(field.value()));
        debounce.after(TYPING_PAUSE, search);
    };
    // While the user types, the field is ahead of the URL and must not be reset.
    Effect::new(move |_| {
        let text = text.get();
        let Some(field) = node.get() else { return };
        let focused = document().active_element().is_some_and(|active| active.id() == SEARCH_ID);
        if !focused && field.value() != text {
            field.set_value(&text);
        }
    });
    view! {
        <label class="search-box" title=t.search_help>
            <IconView icon=Icon::Search/>
            <span class="visually-hidden">{t.search}</span>
            <textarea
                node_ref=node
                id=SEARCH_ID
                class="search-box__field"
                rows="1"
                spellcheck="false"
                placeholder=t.search_hint
                on:input=plain(typed)
            >
                {text.get_untracked()}
            </textarea>
        </label>
    }
}

/// One chip per status, with the number of its tasks.
#[component]
fn StatusFilter(page: Signal<ListResponse>) -> impl IntoView {
    let t = use_messages();
    let counts = Memo::new(move |_| page.with(|(_, page)| page.status_counts.clone()));
    let all = move || counts.with(|counts| counts.values().sum::<u64>());
    let count_of = move |status| counts.with(|counts| counts.get(&status).copied().unwrap_or(0));
    let chips = TaskStatus::ALL.map(|status| {
        view! {
            <Chip status=Some(status) count=Signal::derive(move || count_of(status))>
                <StatusDot status/>
                <span aria-hidden="true">{(t.common().status)(status)}</span>
            </Chip>
        }
    });
    view! {
        <div class="chips" role="group" aria-label=t.manager().filter>
            <Chip status=None count=Signal::derive(all)>{t.manager().all}</Chip>
            {chips.into_iter().collect_view()}
        </div>
    }
}

#[component]
fn Chip(status: Option<TaskStatus>, count: Signal<u64>, children: Children) -> impl IntoView {
    let manager = use_manager();
    let on = move || manager.view.with(|view| view.status == status);
    view! {
        <button
            type="button"
            class="chip"
            class:chip--empty=move || { count.get() == 0 }
            aria-pressed=move || if on() { "true" } else { "false" }
            on:click=mouse(move |_| manager.show(|view| view.in_status(status)))
        >
            {children()}
            <span class="chip__count">{count}</span>
        </button>
    }
}
