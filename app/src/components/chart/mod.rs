//! Charts of curves: one card a key, grouped by prefix, all drawn the same way.

mod board;
mod card;
mod colour;
mod legend;
mod lines;
mod look;
mod toolbar;

pub use board::CurveBoard;
pub use colour::curve_colour;
pub use lines::{Board, Line, Lines, Shared};
pub use look::BoardLook;
pub use toolbar::{BoardToolbar, board_look};
