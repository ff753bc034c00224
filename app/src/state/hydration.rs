//! Whether hydration is complete, that is, whether the page may change.
//!
//! A page's module may still be loading while the frame is already hydrated. The rendered page must
//! not change before it is hydrated, or hydration fails.

use std::sync::LazyLock;

use leptos::prelude::*;

static HYDRATED: LazyLock<ArcRwSignal<bool>> = LazyLock::new(|| ArcRwSignal::new(false));

/// Marks hydration as complete, for waiting effects and, with `data-hydrated`, for browser tests.
pub fn mark_hydrated() {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-hydrated", "");
    }
    HYDRATED.set(true);
}

/// Whether hydration is complete. Untracked.
pub fn is_hydrated() -> bool {
    HYDRATED.get_untracked()
}

/// Calls `act` once, as soon as hydration is complete.
pub(super) fn when_hydrated(act: impl Fn() + 'static) {
    Effect::new(move |done: Option<bool>| {
        let now = done != Some(true) && HYDRATED.get();
        if now {
            untrack(&act);
        }
        now || done == Some(true)
    });
}

/// Whether hydration is complete. Tracked: a calling effect runs again when it is.
pub fn track_hydrated() -> bool {
    HYDRATED.get()
}
