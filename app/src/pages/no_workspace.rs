//! Placeholders for pages without a workspace or without content.

use leptos::prelude::*;

use crate::components::{ButtonKind, EmptyState, Icon, LinkButton};
use crate::i18n::use_messages;
use crate::state::overview::use_overview;
use crate::state::workspace::ws_href;

/// The placeholder if no workspace is open.
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

/// The placeholder of an empty workspace; without a workspace, [`NoWorkspace`].
#[component]
pub(crate) fn NothingHere(
    /// The content for an empty workspace.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    view! {
        <Transition>
            <Either children/>
        </Transition>
    }
}

/// Reads the overview, so it must be inside a `Transition`.
#[component]
fn Either(children: StoredValue<ChildrenFn>) -> impl IntoView {
    let overview = use_overview();
    // Memoized, because the overview changes with every event.
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
