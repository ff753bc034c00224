//! What a terminal would show of a log: colours, overwritten lines, redrawn progress bars.
//!
//! [`paint`] shows one line; [`Screen`] follows a stream and also obeys movements between lines.
//! Sequences that a log cannot show (titles, modes, the mouse) are dropped, whatever is in them.

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
