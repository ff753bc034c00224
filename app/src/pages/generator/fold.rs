//! A collapsible part of the panel, whose state is stored in the URL.

use leptos::prelude::*;

use super::url::{use_param, use_query_change};
use crate::components::handler::mouse;

/// A heading that expands and collapses its content.
#[component]
pub(super) fn Fold(
    /// The key in the URL's query.
    key_: &'static str,
    /// The heading.
    head: AnyView,
    /// Whether it is hidden because it has no content.
    #[prop(optional, into)]
    hidden: Signal<bool>,
    /// The content.
    children: Children,
) -> impl IntoView {
    let (requested, change) = (use_param(key_), use_query_change());
    let is_open = Memo::new(move |_| !requested.with(String::is_empty));
    // Only the URL changes the state: the default action would be ahead of it.
    let toggle = mouse(move |event| {
        event.prevent_default();
        let value = if is_open.get_untracked() { "" } else { "1" };
        change.run((key_, value.to_owned()));
    });
    view! {
        <details class="batch__more" open=is_open hidden=hidden>
            <summary on:click=toggle>{head}</summary>
            {children()}
        </details>
    }
}
