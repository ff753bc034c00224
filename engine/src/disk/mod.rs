//! Writing so that a death at any moment leaves whole files, locks that die with their holder, and
//! reading that no link leads astray.

mod atomic;
mod beneath;
mod folder;
mod lock;
mod permissions;
mod readers;
mod space;
mod stamp;

pub(crate) use atomic::{sync_dir, sync_file_system, write_atomic, write_unsynced};
pub(crate) use beneath::{open_beneath, read_beneath};
pub(crate) use folder::Folder;
pub(crate) use lock::FileLock;
pub(crate) use permissions::{set_folder_readers, set_readers, set_workspace_readers};
pub(crate) use readers::{
    PYRUNS, Readers, create_folders, open_append, open_append_and_read, open_empty,
};
pub(crate) use space::Space;
pub(crate) use stamp::Stamp;
