//! Boxed reactive closures for views.
//!
//! Each closure type monomorphises its own effect with its build, hydrate and rebuild code. Boxing keeps the module
//! that every page loads small.

use leptos::prelude::*;

/// A text, as a child or an attribute.
pub fn text(read: impl FnMut() -> String + Send + 'static) -> Box<dyn FnMut() -> String + Send> {
    Box::new(read)
}

/// A boolean, as an attribute or for `class:`.
pub fn flag(read: impl FnMut() -> bool + Send + 'static) -> Box<dyn FnMut() -> bool + Send> {
    Box::new(read)
}

/// An optional attribute: a word, or no attribute.
pub fn word(
    read: impl FnMut() -> Option<&'static str> + Send + 'static,
) -> Box<dyn FnMut() -> Option<&'static str> + Send> {
    Box::new(read)
}

/// A part of a view that is rebuilt when a signal that it has read changes.
pub fn part<V: IntoView + 'static>(mut make: impl FnMut() -> V + Send + 'static) -> AnyView {
    let make: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || make().into_any());
    make.into_any()
}
