//! A part of the panel that is unfolded where the URL says so.

use leptos::prelude::*;

use super::url::{use_param, use_query_change};
use crate::components::handler::mouse;

/// A heading that shows and hides what is below it.
#[component]
pub(super) fn Fold(
    /// The key of the URL's query.
    key_: &'static str,
    /// The heading.
    head: AnyView,
    /// Whether there is nothing to show.
    #[prop(optional, into)]
    hidden: Signal<bool>,
    /// What is below.
    children: Children,
) -> impl IntoView {
    let (requested, change) = (use_param(key_), use_query_change());
    let is_open = Memo::new(move |_| !requested.with(String::is_empty));
    // Folded by the URL alone: the browser itself would be ahead of it.
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
