//! The in-memory index of a workspace's tasks. The files are authoritative: a scan of the disk fills the index,
//! file system events update it, and a page of 100,000 tasks is served without disk access.

mod cache;
mod cell;
mod find;
mod load;
mod order;
mod sorting;
mod table;

pub(crate) use cache::save;
pub(crate) use find::IndexQuery;
pub(crate) use load::load_tasks;
pub(crate) use sorting::Sorting;
pub(crate) use table::Index;
