//! Why a part of a page could not be loaded.

use leptos::prelude::*;

use super::{Icon, IconView};
use crate::AppError;
use crate::i18n::use_messages;

/// Says what went wrong where the content would be.
#[component]
pub fn ErrorNote(
    /// What the server answered.
    error: AppError,
) -> impl IntoView {
    let t = use_messages();
    view! {
        <div class="note note--bad" role="alert">
            <IconView icon=Icon::Alert/>
            <div>
                <p class="note__title">{t.common().failed_title}</p>
                <p>{error.to_string()}</p>
            </div>
        </div>
    }
}
