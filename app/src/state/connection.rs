//! Opens the tab's event connection: provides the [`LiveEvents`] handle and, in the browser, starts the socket.

use leptos::prelude::*;

use super::live::LiveEvents;

/// Provides the tab's [`LiveEvents`] handle as a context and connects it. Called once, by the application's frame.
pub fn provide_live() {
    let live = LiveEvents::new();
    provide_context(live);
    #[cfg(feature = "hydrate")]
    super::hydration::when_hydrated(move || super::socket::connect(live));
}
