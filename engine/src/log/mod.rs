//! Logs of runs: pieces of them, and following one as it grows.

mod files;
mod follow;
mod follower;
mod piece;
mod read;

pub use follow::LogStart;
pub use follower::LogFollower;
