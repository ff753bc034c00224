//! The keyboard shortcut of a button.

use leptos::prelude::*;

/// Keys, shown as caps: `["Ctrl", "Enter"]`.
#[component]
pub fn KeyHint(
    /// The keys, in the order in which they are pressed.
    keys: &'static [&'static str],
) -> impl IntoView {
    let caps = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
    view! { <span class="keys" aria-hidden="true">{caps}</span> }
}
