//! What is asked of tasks' logs; the work is done by the crate [`logs`].

mod download;
mod follow;
mod input;
mod read;
mod search;
mod search_all;
mod window;

pub use follow::LogFollower;
