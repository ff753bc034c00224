//! Replacing a part of a page a moment after the change that replaces it.
//!
//! When a part is replaced, its signals are disposed of at once, but an effect within an effect of it ends only
//! a moment later. If the same change has queued such an effect, it runs in between and reads what is gone, which
//! ends the whole module. In a later task of the browser nothing is queued any more.

use std::time::Duration;

use leptos::prelude::*;

/// The value of `source` as of the last task of the browser: what chooses a part of a page, where the part reads
/// what the choice is made from.
pub fn deferred<T>(source: Memo<T>) -> ReadSignal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let value = RwSignal::new(source.get_untracked());
    Effect::new(move |_| {
        source.track();
        let take = move || {
            // The page may be gone by then.
            let newest = source.try_get_untracked();
            if let Some(newest) =
                newest.filter(|newest| value.try_with_untracked(|old| old != newest) == Some(true))
            {
                let _ = value.try_set(newest);
            }
        };
        set_timeout(take, Duration::ZERO);
    });
    value.read_only()
}
