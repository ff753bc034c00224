//! Opens the tab's event connection: provides the [`Live`] handle and, in the browser, starts the socket.

use leptos::prelude::*;

use super::live::Live;

/// Provides the tab's [`Live`] handle as a context and connects it. Called once, by the application's frame.
pub fn provide_live() {
    let live = Live::new();
    provide_context(live);
    #[cfg(feature = "hydrate")]
    super::takeover::when_taken_over(move || super::socket::connect(live));
}
