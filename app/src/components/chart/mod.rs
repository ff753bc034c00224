//! Charts of curves: one card a key, grouped by prefix, all drawn the same way.

mod board;
mod board_data;
mod card;
mod colour;
mod legend;
mod options;
mod toolbar;

pub use board::CurveBoard;
pub use board_data::{Board, KeyCurves, RunCurve, Shared};
pub use colour::curve_colour;
pub use options::BoardOptions;
pub use toolbar::{BoardToolbar, board_options};
