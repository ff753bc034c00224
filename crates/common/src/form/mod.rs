//! The form in which a configuration is edited: one text per parameter.
//!
//! A form is independent of the user interface. The browser displays its fields; [`Form::to_yaml`]
//! is sent to the server.

mod field;
mod kind;
mod model;
mod text;

pub use field::Field;
pub use kind::FieldKind;
pub use model::Form;

#[cfg(test)]
mod tests;
