//! Logs of runs: pieces of them by bytes and by lines, searching them, following one as it grows,
//! and speaking to who writes it.

mod download;
mod files;
mod follow;
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
pub use follow::LogStart;
pub use follower::LogFollower;
pub(crate) use indexes::LineIndexes;
pub(crate) use line_times::LineTimes;
pub(crate) use piece::read_range;
pub use search::{ReadySearch, SearchClient};
