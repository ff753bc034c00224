//! A signal that follows another one in the next browser task.
//!
//! When a part of a page is replaced, its signals are disposed immediately, but its nested effects end only
//! later. If the same change has queued such an effect, it runs in between and reads a disposed signal, which
//! panics. In the next browser task the queue is empty.

use std::time::Duration;

use leptos::prelude::*;

/// The value of `source` as of the previous browser task. Use it to select a part of a page if that part reads
/// the same source.
pub fn deferred<T>(source: Memo<T>) -> ReadSignal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let value = RwSignal::new(source.get_untracked());
    Effect::new(move |_| {
        source.track();
        let take = move || {
            // The page may have been disposed.
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
