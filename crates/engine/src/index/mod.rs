//! The tasks of a workspace in memory. Plain files are the truth: a look at the disk fills it,
//! events keep it, and a page of 100,000 tasks is answered without touching the disk.

mod cache;
mod cell;
mod fill;
mod find;
mod order;
mod sorting;
mod table;

pub(crate) use cache::save;
pub(crate) use fill::fill;
pub(crate) use find::Wanted;
pub(crate) use sorting::Sorting;
pub(crate) use table::Index;
