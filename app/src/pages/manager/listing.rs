//! The content of the list: a table, cards, or a placeholder.

use leptos::prelude::*;

use super::cards::Cards;
use super::displayed::DisplayedTasks;
use super::hold::HoldingList;
use super::listed::ListedTasks;
use super::state::{ListResponse, use_manager};
use super::table::TaskTable;
use super::view::{Layout, View};
use crate::components::{Button, ButtonKind, EmptyState, Icon, LinkButton};
use crate::i18n::use_messages;
use crate::pages::no_workspace::NothingHere;
use crate::pages::varying;
use crate::state::workspace::ws_href;

/// The kind of content; changes only when another kind must be rendered.
#[derive(Debug, Clone, PartialEq)]
enum ListContent {
    Empty,
    NoMatch,
    Tasks(Layout),
}

/// The list.
#[component]
pub(super) fn Listing(
    /// The page to display.
    page: Signal<ListResponse>,
) -> impl IntoView {
    let manager = use_manager();
    let displayed = displayed(page);
    // Of the displayed rows and not of the response: a held list stays.
    let kind = Memo::new(move |_| {
        manager.view.with(|view| match displayed.rows.with(Vec::is_empty) {
            false => ListContent::Tasks(view.layout),
            true if view.is_filtered() => ListContent::NoMatch,
            true => ListContent::Empty,
        })
    });
    Effect::new(move |_| manager.rows.set(displayed.rows.get()));
    move || match kind.get() {
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

fn displayed(page: Signal<ListResponse>) -> DisplayedTasks {
    let manager = use_manager();
    let listed = Memo::new(move |old: Option<&ListedTasks>| {
        manager.recheck.track();
        page.with(|(_, page)| manager.listed(old, &page.items))
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
