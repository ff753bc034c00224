//! The header of a page: its title and the actions for the whole page.

use leptos::prelude::*;
use leptos_meta::Title;

/// The title, also set as the document title, and the page's actions.
#[component]
pub fn PageHeader(
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// Buttons and links.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    // The document title is read by an effect that may briefly outlive this page.
    let text = move || title.try_get().unwrap_or_default();
    view! {
        <Title text/>
        <header class="page__head">
            <h1 class="page__title">{title}</h1>
            {children.map(|children| view! { <div class="page__actions">{children()}</div> })}
        </header>
    }
}
