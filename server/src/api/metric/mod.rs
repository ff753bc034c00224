//! Curves.

pub(crate) mod read;
