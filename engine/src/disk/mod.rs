//! Writing so that a death at any moment leaves whole files, and locks that die with their holder.

mod atomic;
mod lock;
mod stamp;

pub(crate) use atomic::{sync_dir, write_atomic, write_stamped, write_unsynced};
pub(crate) use lock::FileLock;
pub(crate) use stamp::Stamp;
