//! Setting signals only to different values.

use leptos::prelude::*;

/// Sets a signal only if the value differs.
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
