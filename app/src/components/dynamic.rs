//! Parts of a view that change, of one type whatever closure is behind them.
//!
//! Each type of closure compiles an effect of its own, and what builds, hydrates and rebuilds it. In the module
//! that every page loads this counts.

use leptos::prelude::*;

/// A text, as a child or an attribute.
pub fn text(read: impl FnMut() -> String + Send + 'static) -> Box<dyn FnMut() -> String + Send> {
    Box::new(read)
}

/// A switch, as an attribute or for `class:`.
pub fn flag(read: impl FnMut() -> bool + Send + 'static) -> Box<dyn FnMut() -> bool + Send> {
    Box::new(read)
}

/// A word, or no such attribute.
pub fn word(
    read: impl FnMut() -> Option<&'static str> + Send + 'static,
) -> Box<dyn FnMut() -> Option<&'static str> + Send> {
    Box::new(read)
}

/// A part that is made anew when what it has read changes.
pub fn part<V: IntoView + 'static>(mut make: impl FnMut() -> V + Send + 'static) -> AnyView {
    let make: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || make().into_any());
    make.into_any()
}
