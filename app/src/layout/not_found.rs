//! The page for unknown addresses.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::{EmptyState, Icon, LinkButton};
use crate::i18n::use_messages;
use crate::state::workspace::ws_href;

/// The "not found" page; sets the response status to 404.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    let t = use_messages();
    view! {
        <Title text=t.common().not_found_title/>
        <EmptyState whole_page=true icon=Icon::Search title=t.common().not_found_title text=t.common().not_found_text>
            <LinkButton href=ws_href("/")>{t.common().go_home}</LinkButton>
        </EmptyState>
    }
}
