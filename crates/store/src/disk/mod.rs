//! Crash-safe and link-safe file access: atomic writes, locks that end with their process, folders
//! held open, and reading that does not follow links out of a folder.

mod atomic;
mod beneath;
mod folder;
mod lock;
mod permissions;
mod readers;
mod space;
mod stamp;

pub(crate) use atomic::sync_file_system;
pub use atomic::{sync_dir, write_atomic, write_unsynced};
pub use beneath::open_beneath;
pub(crate) use beneath::read_beneath;
pub use folder::Folder;
pub use lock::FileLock;
pub use permissions::{set_folder_readers, set_readers, set_workspace_readers};
pub use readers::{PYRUNS, Readers, create_folders, open_append, open_append_and_read, open_empty};
pub use space::Space;
pub use stamp::Stamp;
