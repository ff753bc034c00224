#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

mod download;
pub mod failure;
mod files;
mod follower;
mod indexes;
mod input;
mod line_index;
mod line_times;
mod lines;
mod matcher;
mod piece;
mod read;
mod search;
mod search_all;
mod text_blocks;
mod window;

pub use download::LogFile;
pub use follower::{FollowedTask, LogFollower, LogStart};
pub use indexes::LineIndexes;
pub use input::type_into;
pub use line_times::LineTimes;
pub use read::read;
pub use search::{ReadySearch, SearchClient, search};
pub use search_all::SearchAll;
pub use window::window;
