//! Logs of runs.

pub(crate) mod download;
pub(crate) mod input;
pub(crate) mod read;
pub(crate) mod search;
pub(crate) mod search_all;
mod streamed;
pub(crate) mod window;
