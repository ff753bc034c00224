//! Bindings to JavaScript: one typed module a widget, each with a stub for the server.

pub mod bytes;
pub mod chart;
pub mod editor;
mod pause;

pub use pause::pause;
