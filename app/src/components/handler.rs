//! Event handlers of one type, whatever closure is behind them.
//!
//! Where a view is drawn anew, a handler is only replaced by one of the same type: one of another
//! type would be added, and both would be called. One type is also compiled once.

use leptos::ev::{Event, MouseEvent};

/// For `on:click`.
pub fn mouse(handler: impl FnMut(MouseEvent) + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(handler)
}

/// For `on:input`, `on:change` and others that bring a plain event.
pub fn plain(handler: impl FnMut(Event) + 'static) -> Box<dyn FnMut(Event)> {
    Box::new(handler)
}
