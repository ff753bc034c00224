//! What a page shows when it has nothing: why, and what to do next.

use leptos::prelude::*;

use super::{Icon, IconView};

/// An empty place that teaches the next step; its children are the actions.
#[component]
pub fn EmptyState(
    /// A picture.
    icon: Icon,
    /// What is missing.
    #[prop(into)]
    title: String,
    /// Why, and how to get it.
    #[prop(into)]
    text: String,
    /// It is all that the page shows, so that its title is the page's heading.
    #[prop(optional)]
    whole_page: bool,
    /// Buttons or links.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty__icon"><IconView icon/></span>
            {if whole_page {
                view! { <h1 class="empty__title">{title}</h1> }.into_any()
            } else {
                view! { <h2 class="empty__title">{title}</h2> }.into_any()
            }}
            <p class="empty__text">{text}</p>
            {children.map(|children| view! { <div class="empty__actions">{children()}</div> })}
        </div>
    }
}
