//! The Generator page.

use leptos::prelude::*;

use crate::layout::PageHead;

/// The Generator page.
#[component]
pub fn GeneratorPage() -> impl IntoView {
    view! { <PageHead title=crate::i18n::use_messages().generator.title/> }
}
