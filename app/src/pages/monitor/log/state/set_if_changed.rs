//! Signals that tell of changes only.

use leptos::prelude::*;

/// Setting a signal only when that changes something.
pub(super) trait SetIfChanged<T> {
    fn set_if_changed(self, value: T);
}

impl<T: PartialEq + Send + Sync + 'static> SetIfChanged<T> for RwSignal<T> {
    fn set_if_changed(self, value: T) {
        if self.try_with_untracked(|old| *old != value) == Some(true) {
            self.set(value);
        }
    }
}
