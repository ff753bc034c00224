//! A debounced action that is cancelled with its component.

use std::time::Duration;

use leptos::prelude::*;

/// Runs the newest of several actions once no newer one has been scheduled for a while, such as a search while the user
/// types. Cancelled with the component that created it; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Debounce(StoredValue<Option<TimeoutHandle>>);

impl Debounce {
    /// A debouncer without a pending action. Must be called inside a component.
    #[must_use]
    pub fn new() -> Self {
        let me = Self(StoredValue::new(None));
        on_cleanup(move || me.cancel());
        me
    }

    /// Runs `act` after the pause and cancels the pending action.
    pub fn after(self, pause: Duration, act: impl FnOnce() + 'static) {
        self.cancel();
        self.0.set_value(set_timeout_with_handle(act, pause).ok());
    }

    /// Cancels the pending action.
    pub fn cancel(self) {
        if let Some(Some(waiting)) = self.0.try_get_value() {
            waiting.clear();
        }
    }
}
