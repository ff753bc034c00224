//! The placeholder of a page or list without content: the reason and the next step.

use leptos::prelude::*;

use super::{Icon, IconView};

/// A placeholder with a title, a text and the actions given as children.
#[component]
pub fn EmptyState(
    /// The icon.
    icon: Icon,
    /// What is missing.
    #[prop(into)]
    title: String,
    /// Why, and how to get it.
    #[prop(into)]
    text: String,
    /// Whether it is the only content of the page, so that its title is an `<h1>`.
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
