//! The moment from which the page may change: the browser has taken over all that the server rendered.
//!
//! A page's module may still be on its way while the frame lives already. What the page shows must
//! not change before it has been taken over, or it would be looked for in vain.

use std::sync::LazyLock;

use leptos::prelude::*;

static DONE: LazyLock<ArcRwSignal<bool>> = LazyLock::new(|| ArcRwSignal::new(false));

/// Tells whoever waits, and marks the document for those outside.
pub fn mark_hydrated() {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-hydrated", "");
    }
    DONE.set(true);
}

/// Whether the browser has taken over the page that the server rendered.
pub fn is_hydrated() -> bool {
    DONE.get_untracked()
}

/// Does something once, then or now.
pub(super) fn when_hydrated(act: impl Fn() + 'static) {
    Effect::new(move |done: Option<bool>| {
        let now = done != Some(true) && DONE.get();
        if now {
            untrack(&act);
        }
        now || done == Some(true)
    });
}

/// Whether the browser has taken over; an effect that asks runs again when it has.
pub fn track_hydrated() -> bool {
    DONE.get()
}
