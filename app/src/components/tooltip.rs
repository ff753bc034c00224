//! A text on hover and focus.

use leptos::prelude::*;

/// Shows `text` beside its children while they are hovered or focused.
///
/// The children must be understandable without it; controls in it need their own label.
#[component]
pub fn Tooltip(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// The explained content.
    children: Children,
) -> impl IntoView {
    view! {
        <span class="tooltip">
            {children()}
            <span class="tooltip__text" role="tooltip">{text}</span>
        </span>
    }
}
