//! The Launcher page.

use leptos::prelude::*;

use crate::layout::PageHead;

/// The Launcher page.
#[component]
pub fn LauncherPage() -> impl IntoView {
    view! { <PageHead title=crate::i18n::use_messages().launcher.title/> }
}
