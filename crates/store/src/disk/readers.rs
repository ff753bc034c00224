//! Permissions of what is created below `_pyruns_`: for its owner alone, whatever the umask, or for
//! the group that a project is shared with.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::fd::AsFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::{CWD, FileType, Mode, OFlags, Stat, fchmod, fstat, mkdirat, stat};
use rustix::io::Errno;
use rustix::process::geteuid;

/// The name of a project's folder, which is private unless its settings say otherwise.
pub const PYRUNS: &str = "_pyruns_";

/// Who may read the files of a project besides root.
///
/// A folder carries the answer in its own permissions, so that every process that writes in it, the
/// Python module too, gives the same ones without reading any settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Nobody but their owner.
    Owner,
    /// The owner's group, too: the setting `shared`. Nobody but the owner may write.
    Group,
}

impl Readers {
    /// Of what is created in a folder with these permissions. A folder that others may enter dates
    /// from before permissions were given: what is new in it is private.
    pub(crate) fn in_folder(mode: u32) -> Self {
        if mode & 0o050 == 0o050 && mode & 0o007 == 0 { Self::Group } else { Self::Owner }
    }

    /// Permissions of a file.
    pub(crate) fn file_mode(self) -> u32 {
        match self {
            Self::Owner => 0o600,
            Self::Group => 0o640,
        }
    }

    /// Permissions of a folder.
    pub(crate) fn folder_mode(self) -> u32 {
        match self {
            Self::Owner => 0o700,
            Self::Group => 0o750,
        }
    }

    /// Of what is created in the folder that is to hold a path; private where that cannot be told.
    fn beside(path: &Path) -> Self {
        let parent = path.parent().unwrap_or(path);
        stat(parent).map_or(Self::Owner, |stat| Self::in_folder(stat.st_mode))
    }
}

/// Opens a file for appending, made where it is not there. A link is not followed.
///
/// # Errors
/// What the system said; `ELOOP` for a link.
pub fn open_append(path: &Path) -> io::Result<File> {
    open_or_create(OpenOptions::new().append(true), path)
}

/// The same, for reading as well.
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
    options.create(true).mode(Readers::beside(path).file_mode()).open(path)
}

/// Opens a file for writing from its beginning, made or emptied. A link is not followed.
///
/// # Errors
/// What the system said; `ELOOP` for a link.
pub fn open_empty(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).custom_flags(nofollow());
    options.mode(Readers::beside(path).file_mode()).open(path)
}

/// Opens a file that is locked, made where it is not there: readable and writable for its owner only,
/// in shared projects too, because whoever can open a file can hold its lock. A link in its place, which
/// somebody has left in a folder that was open to him, is replaced.
///
/// # Errors
/// What the system said.
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
    close_to_others(&file, &fstat(&file)?, Readers::Owner);
    Ok(file)
}

/// Makes a folder and those above it that are missing. Permissions follow the folder above; those of
/// `_pyruns_` itself are private.
///
/// # Errors
/// What the system said.
pub fn create_folders(path: &Path) -> io::Result<()> {
    let missing: Vec<&Path> = path.ancestors().take_while(|folder| !folder.exists()).collect();
    for folder in missing.into_iter().rev() {
        let private = folder.file_name().is_some_and(|name| name == PYRUNS);
        let readers = if private { Readers::Owner } else { Readers::beside(folder) };
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

/// Takes away what others than the given readers may do with an open file of ours. Best effort: a file
/// system without permissions has none to take away.
pub(super) fn close_to_others(file: impl AsFd, stat: &Stat, readers: Readers) {
    if let Some(mode) = narrowed(stat, readers) {
        let _ = fchmod(file, Mode::from_raw_mode(mode));
    }
}

/// The permissions without what others than the readers may do, where there is such a thing and the
/// file is ours to change.
fn narrowed(stat: &Stat, readers: Readers) -> Option<u32> {
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
