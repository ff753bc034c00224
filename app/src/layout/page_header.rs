//! The head of a page: its title, and what can be done with the whole page.

use leptos::prelude::*;
use leptos_meta::Title;

/// The title, for the window too, and the page's actions.
#[component]
pub fn PageHeader(
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// Buttons and links.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    // The window's title is read by an effect that may outlive this page by a moment.
    let text = move || title.try_get().unwrap_or_default();
    view! {
        <Title text/>
        <header class="page__head">
            <h1 class="page__title">{title}</h1>
            {children.map(|children| view! { <div class="page__actions">{children()}</div> })}
        </header>
    }
}
