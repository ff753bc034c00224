//! The secret of a project: whoever knows it may use its server.

mod token;

pub(crate) use token::random_hex;
pub use token::{Token, project_token};
