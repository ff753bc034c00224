//! What is done after a pause, by a component that may be gone by then.

use std::time::Duration;

use leptos::prelude::*;

/// Does the newest of several things once nothing newer has come for a while, such as a search while the user
/// types. Ends with the component that made it; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Debounce(StoredValue<Option<TimeoutHandle>>);

impl Debounce {
    /// Nothing is waiting yet.
    #[must_use]
    pub fn new() -> Self {
        let me = Self(StoredValue::new(None));
        on_cleanup(move || me.cancel());
        me
    }

    /// Does `act` after the pause, in place of what still waits.
    pub fn after(self, pause: Duration, act: impl FnOnce() + 'static) {
        self.cancel();
        self.0.set_value(set_timeout_with_handle(act, pause).ok());
    }

    /// Forgets what still waits.
    pub fn cancel(self) {
        if let Some(Some(waiting)) = self.0.try_get_value() {
            waiting.clear();
        }
    }
}
