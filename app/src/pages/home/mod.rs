//! The Home page.

use leptos::prelude::*;

use crate::layout::PageHead;

/// The Home page.
#[component]
pub fn HomePage() -> impl IntoView {
    view! { <PageHead title=crate::i18n::use_messages().home.title/> }
}
