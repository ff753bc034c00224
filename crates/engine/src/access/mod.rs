//! The access token of a project. A client with the token may use the server.

mod token;

pub use token::{Token, project_token};
