//! Interprets terminal output in logs: colours, overwritten lines, redrawn progress bars.
//!
//! [`paint`] renders one line; [`Screen`] processes a stream and also supports cursor movement
//! between lines. Sequences without a visible effect in a log (titles, modes, the mouse) are
//! dropped with their content.

mod color;
mod parser;
mod row;
mod screen;
mod sgr;
mod style;

pub use color::Color;
pub use row::{Line, Span, paint, plain};
pub use screen::Screen;
pub use style::Style;

#[cfg(test)]
mod tests;
