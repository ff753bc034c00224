//! The error message displayed in place of content that could not be loaded.

use leptos::prelude::*;

use super::{Icon, IconView};
use crate::AppError;
use crate::i18n::use_messages;

/// Displays an error.
#[component]
pub fn ErrorNote(
    /// The error of the request.
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
