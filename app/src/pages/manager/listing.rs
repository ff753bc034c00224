//! The content of the list: a table, cards, or a placeholder.

use leptos::prelude::*;

use super::cards::Cards;
use super::displayed::DisplayedTasks;
use super::hold::HoldingList;
use super::listed::ListedTasks;
use super::state::use_manager;
use super::table::TaskTable;
use super::view::{Layout, View};
use crate::AppError;
use crate::components::{Button, ButtonKind, EmptyState, ErrorNote, Icon, LinkButton};
use crate::i18n::use_messages;
use crate::pages::no_workspace::NothingHere;
use crate::pages::varying;
use crate::state::workspace::ws_href;

/// The kind of content; changes only when another kind must be rendered.
#[derive(Debug, Clone, PartialEq)]
enum ListContent {
    Loading,
    Failed(AppError),
    Empty,
    NoMatch,
    Tasks(Layout),
}

/// The list. Reads the page's resource, so it must be inside a `Transition`.
#[component]
pub(super) fn Listing() -> impl IntoView {
    let manager = use_manager();
    let page = manager.page;
    let displayed = displayed();
    let kind = Memo::new(move |_| match page.get() {
        None => ListContent::Loading,
        Some(Err(error)) => ListContent::Failed(error),
        // The displayed rows and not the response: a held list stays, too.
        Some(Ok(_)) if displayed.rows.with(Vec::is_empty) => {
            if manager.view.with(View::is_filtered) {
                ListContent::NoMatch
            } else {
                ListContent::Empty
            }
        }
        Some(Ok(_)) => ListContent::Tasks(manager.view.with(|view| view.layout)),
    });
    Effect::new(move |_| manager.rows.set(displayed.rows.get()));
    move || match kind.get() {
        ListContent::Loading => ().into_any(),
        ListContent::Failed(error) => view! { <ErrorNote error/> }.into_any(),
        ListContent::Empty => view! { <NothingHere><NoTasks/></NothingHere> }.into_any(),
        ListContent::NoMatch => view! { <NoMatch/> }.into_any(),
        // These layouts replace the list.
        ListContent::Tasks(Layout::Runs | Layout::Grid) => ().into_any(),
        ListContent::Tasks(Layout::Table) => {
            view! { <HoldingList changed=displayed.changed><TaskTable displayed/></HoldingList> }
                .into_any()
        }
        ListContent::Tasks(Layout::Cards) => {
            view! { <HoldingList changed=displayed.changed><Cards displayed/></HoldingList> }
                .into_any()
        }
    }
}

fn displayed() -> DisplayedTasks {
    let manager = use_manager();
    let page = manager.page;
    let listed = Memo::new(move |old: Option<&ListedTasks>| {
        manager.recheck.track();
        page.with(|page| match page {
            Some(Ok(page)) => manager.listed(old, &page.items),
            _ => old.cloned().unwrap_or_default(),
        })
    });
    let rows = Memo::new(move |_| listed.with(|listed| listed.rows.clone()));
    let changed = Memo::new(move |_| listed.with(|listed| listed.changed));
    // Of the displayed tasks at the time of the last read: columns do not change while the order is held.
    let of_rows = move |read: fn(&[common::Task]) -> Vec<String>| {
        Memo::new(move |_| {
            page.track();
            let tasks: Vec<common::Task> =
                rows.with(|rows| rows.iter().map(|row| row.task.get_untracked()).collect());
            read(&tasks)
        })
    };
    let (parameters, metrics) = (of_rows(varying::parameters), of_rows(varying::metrics));
    DisplayedTasks { rows, changed, parameters, metrics }
}

#[component]
fn NoTasks() -> impl IntoView {
    let t = use_messages().manager();
    view! {
        <EmptyState icon=Icon::Grid title=t.empty_title text=t.empty_text>
            <LinkButton href=ws_href("/generator") kind=ButtonKind::Primary icon=Icon::Wand>
                {t.empty_action}
            </LinkButton>
        </EmptyState>
    }
}

#[component]
fn NoMatch() -> impl IntoView {
    let t = use_messages().manager();
    let manager = use_manager();
    let show_all = move |_| manager.show(|view| View { layout: view.layout, ..View::default() });
    view! {
        <EmptyState icon=Icon::Search title=t.no_match_title text=t.no_match_text>
            <Button on_click=show_all>{t.no_match_action}</Button>
        </EmptyState>
    }
}
