//! Placeholders for pages without a workspace or without content.

use leptos::prelude::*;

use crate::components::dynamic::part;
use crate::components::{ButtonKind, EmptyState, Icon, LinkButton, Live};
use crate::i18n::use_messages;
use crate::state::overview::{Overview, use_overview};
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
    let content = move |overview: Signal<Overview>| {
        // Memoized, because the overview changes with every event.
        let is_open = Memo::new(move |_| overview.with(|it| it.is_open));
        part(move || match is_open.get() {
            true => children.with_value(|children| children()).into_any(),
            false => view! { <NoWorkspace/> }.into_any(),
        })
    };
    view! { <Live of=use_overview() lines=0 quiet=true view=content/> }
}
