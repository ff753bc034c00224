//! Commands on tasks' logs, which the crate [`logs`] implements.

mod download;
mod follow;
mod input;
mod read;
mod search;
mod search_all;
mod window;

pub use follow::LogFollower;
