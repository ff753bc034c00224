//! Boxed event handlers.
//!
//! When a view is rebuilt, a handler is replaced only by one of the same type. A handler of another
//! type would be added, and both would be called. A single type is also compiled only once.

use leptos::ev::{Event, MouseEvent};

/// For `on:click`.
pub fn mouse(handler: impl FnMut(MouseEvent) + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(handler)
}

/// For `on:input`, `on:change` and other handlers of a plain `Event`.
pub fn plain(handler: impl FnMut(Event) + 'static) -> Box<dyn FnMut(Event)> {
    Box::new(handler)
}
