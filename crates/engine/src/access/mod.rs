//! The secret of a project: whoever knows it may use its server.

mod token;

pub use token::{Token, project_token};
