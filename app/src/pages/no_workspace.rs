//! What a page shows while no workspace is open.

use leptos::prelude::*;

use crate::components::{ButtonKind, EmptyState, Icon, LinkButton};
use crate::i18n::use_messages;
use crate::state::overview::use_overview;
use crate::state::workspace::ws_href;

/// That no workspace is open, and how to open one.
#[component]
pub(crate) fn NoWorkspace() -> impl IntoView {
    let t = use_messages().common();
    view! {
        <EmptyState icon=Icon::Folder title=t.no_workspace text=t.no_workspace_text>
            <LinkButton href=ws_href("/launcher") kind=ButtonKind::Primary icon=Icon::Folder>
                {t.open_script}
            </LinkButton>
        </EmptyState>
    }
}

/// What a page shows where a workspace has nothing to show; without a workspace, [`NoWorkspace`].
#[component]
pub(crate) fn NothingHere(
    /// What is said of an empty workspace.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    view! {
        <Transition>
            <Either children/>
        </Transition>
    }
}

/// Reads the overview, so it stands inside a `Transition`.
#[component]
fn Either(children: StoredValue<ChildrenFn>) -> impl IntoView {
    let overview = use_overview();
    // Only this, because the figures change with every event.
    let is_open = Memo::new(move |_| match overview.get() {
        Some(Ok(overview)) => Some(overview.is_open),
        Some(Err(_)) => Some(true),
        None => None,
    });
    move || match is_open.get() {
        Some(true) => children.with_value(|children| children()).into_any(),
        Some(false) => view! { <NoWorkspace/> }.into_any(),
        None => ().into_any(),
    }
}
