//! Boxed event handlers.
//!
//! When a view is rebuilt, a handler is replaced only by one of the same type. A handler of another
//! type would be added, and both would be called. A single type is also compiled only once.

use leptos::ev::{Event, FocusEvent, MouseEvent};
use leptos::leptos_dom::helpers::queue_microtask;

/// For `on:click`.
pub fn mouse(handler: impl FnMut(MouseEvent) + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(handler)
}

/// For `on:input`, `on:change` and other handlers of a plain `Event`.
pub fn plain(handler: impl FnMut(Event) + 'static) -> Box<dyn FnMut(Event)> {
    Box::new(handler)
}

/// For `on:blur`: what is done when a field is left.
///
/// Browsers send the event also while a focused field is removed with its view. Effects of that view would then
/// be queued by what the handler changes, and run when its signals are gone; so it is done a moment later.
pub fn left(handler: impl Fn() + Clone + 'static) -> Box<dyn FnMut(FocusEvent)> {
    Box::new(move |_| {
        let handler = handler.clone();
        queue_microtask(handler);
    })
}
