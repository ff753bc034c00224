//! Bindings to JavaScript: one typed module per widget, each with a stub for the server side.

pub mod bytes;
pub mod chart;
pub mod editor;
mod pause;

pub use pause::pause;
