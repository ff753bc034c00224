//! The form that a configuration is edited in: one text per parameter.
//!
//! A form knows no screen. The browser shows its fields; [`Form::to_yaml`] is what the server gets.

mod field;
mod kind;
mod model;
mod text;

pub use field::Field;
pub use kind::FieldKind;
pub use model::Form;

#[cfg(test)]
mod tests;
