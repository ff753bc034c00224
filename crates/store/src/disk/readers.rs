//! Permissions of files created below `_pyruns_`: for the owner only, whatever the umask, or for
//! the group that a project is shared with.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::fd::AsFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::{CWD, FileType, Mode, OFlags, Stat, fchmod, fstat, mkdirat, stat};
use rustix::io::Errno;
use rustix::process::geteuid;

/// The name of a project's folder, which is private unless the settings share it.
pub const PYRUNS: &str = "_pyruns_";

/// Who may read the files of a project besides root.
///
/// This is stored in the permissions of the folder itself, so that every process that writes in it,
/// including the Python module, uses the same permissions without reading the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Only the owner.
    Owner,
    /// Also the owner's group: the setting `shared`. Only the owner may write.
    Group,
}

impl Readers {
    /// For entries created in a folder with this mode. A folder that all users may enter was
    /// created by a version that did not set permissions: new files in it are private.
    pub(crate) fn in_folder(mode: u32) -> Self {
        if mode & 0o050 == 0o050 && mode & 0o007 == 0 { Self::Group } else { Self::Owner }
    }

    /// Mode of a file.
    pub(crate) fn file_mode(self) -> u32 {
        match self {
            Self::Owner => 0o600,
            Self::Group => 0o640,
        }
    }

    /// Mode of a folder.
    pub(crate) fn folder_mode(self) -> u32 {
        match self {
            Self::Owner => 0o700,
            Self::Group => 0o750,
        }
    }

    /// For entries created in the parent folder of `path`; private where its mode is unknown.
    fn of_parent(path: &Path) -> Self {
        let parent = path.parent().unwrap_or(path);
        stat(parent).map_or(Self::Owner, |stat| Self::in_folder(stat.st_mode))
    }
}

/// Opens a file for appending, and creates it if it is missing. A link is not followed.
///
/// # Errors
/// The I/O error; `ELOOP` for a link.
pub fn open_append(path: &Path) -> io::Result<File> {
    open_or_create(OpenOptions::new().append(true), path)
}

/// Like [`open_append`], and also for reading.
///
/// # Errors
/// As [`open_append`].
pub fn open_append_and_read(path: &Path) -> io::Result<File> {
    open_or_create(OpenOptions::new().read(true).append(true), path)
}

fn open_or_create(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    match options.custom_flags(nofollow()).open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        opened => return opened,
    }
    options.create(true).mode(Readers::of_parent(path).file_mode()).open(path)
}

/// Opens a file for writing, and creates or truncates it. A link is not followed.
///
/// # Errors
/// The I/O error; `ELOOP` for a link.
pub fn open_empty(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).custom_flags(nofollow());
    options.mode(Readers::of_parent(path).file_mode()).open(path)
}

/// Opens a lock file, and creates it if it is missing: readable and writable for its owner only,
/// also in shared projects, because any user who can open the file can hold its lock. A link at its
/// path, which another user may have created in a folder that was writable for all, is replaced.
///
/// # Errors
/// The I/O error.
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).custom_flags(nofollow());
    options.mode(Readers::Owner.file_mode());
    let file = match options.open(path) {
        Err(error) if error.raw_os_error() == Some(Errno::LOOP.raw_os_error()) => {
            std::fs::remove_file(path)?;
            options.open(path)?
        }
        opened => opened?,
    };
    restrict_to(&file, &fstat(&file)?, Readers::Owner);
    Ok(file)
}

/// Creates a folder and its missing parents. Permissions are inherited from the parent; `_pyruns_`
/// itself is private.
///
/// # Errors
/// The I/O error.
pub fn create_folders(path: &Path) -> io::Result<()> {
    let missing: Vec<&Path> = path.ancestors().take_while(|folder| !folder.exists()).collect();
    for folder in missing.into_iter().rev() {
        let private = folder.file_name().is_some_and(|name| name == PYRUNS);
        let readers = if private { Readers::Owner } else { Readers::of_parent(folder) };
        match mkdirat(CWD, folder, Mode::from_raw_mode(readers.folder_mode())) {
            Ok(()) | Err(Errno::EXIST) => {}
            Err(errno) => return Err(errno.into()),
        }
    }
    match path.is_dir() {
        true => Ok(()),
        false => Err(io::Error::new(ErrorKind::NotADirectory, "it is not a folder")),
    }
}

/// Removes the permissions that exceed `readers` from an open file of this user. Best effort: some
/// file systems have no permissions.
pub(super) fn restrict_to(file: impl AsFd, stat: &Stat, readers: Readers) {
    if let Some(mode) = restricted_mode(stat, readers) {
        let _ = fchmod(file, Mode::from_raw_mode(mode));
    }
}

/// The mode without the permissions that exceed `readers`; `None` if nothing changes or the file
/// belongs to another user.
fn restricted_mode(stat: &Stat, readers: Readers) -> Option<u32> {
    let allowed = match FileType::from_raw_mode(stat.st_mode) {
        FileType::Directory => readers.folder_mode(),
        _ => readers.file_mode(),
    };
    let mode = stat.st_mode & 0o7777;
    let excess = mode & 0o077 & !allowed;
    (excess != 0 && stat.st_uid == geteuid().as_raw()).then_some(mode & !excess)
}

fn nofollow() -> i32 {
    i32::try_from(OFlags::NOFOLLOW.bits()).unwrap_or(0)
}
