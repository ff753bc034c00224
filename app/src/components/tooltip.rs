//! A few words on hover and focus.

use leptos::prelude::*;

/// Shows `text` beside its children while they are pointed at or focused.
///
/// The children must make sense without it; give controls in it their own label.
#[component]
pub fn Tooltip(
    /// The words.
    #[prop(into)]
    text: Signal<String>,
    /// What they explain.
    children: Children,
) -> impl IntoView {
    view! {
        <span class="tooltip">
            {children()}
            <span class="tooltip__text" role="tooltip">{text}</span>
        </span>
    }
}
