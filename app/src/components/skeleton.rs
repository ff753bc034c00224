//! The placeholder of content that is loading.

use leptos::prelude::*;

use crate::i18n::use_messages;

/// Grey lines in place of content.
#[component]
pub fn Skeleton(
    /// Number of lines.
    #[prop(default = 3)]
    lines: usize,
) -> impl IntoView {
    let bars = (0..lines).map(|_| view! { <span class="skeleton__line"></span> }).collect_view();
    view! { <div class="skeleton" role="status" aria-label=use_messages().common().loading>{bars}</div> }
}
