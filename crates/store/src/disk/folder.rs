//! Writing in a folder that is held open: replacing a path component by a link does not redirect
//! the writes.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::fs::{AtFlags, CWD, Mode, OFlags, RenameFlags};
use rustix::fs::{fstat, mkdirat, openat, renameat, renameat_with, statat, unlinkat};
use rustix::io::Errno;

use super::beneath::{FOLDER, open_folder_beneath};
use super::{Readers, Stamp};

static NEXT_TEMP: AtomicU64 = AtomicU64::new(0);
const NEW_FILE: OFlags = OFlags::WRONLY
    .union(OFlags::CREATE)
    .union(OFlags::EXCL)
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC);

/// An open folder. All operations act on this folder, even if its path is changed meanwhile. Names
/// must be single components; links are not followed.
#[derive(Debug)]
pub struct Folder {
    handle: OwnedFd,
    path: PathBuf,
}

impl Folder {
    /// Opens a folder whose path is trusted: its links are followed.
    ///
    /// # Errors
    /// When the path is not a folder that can be opened.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { handle: openat(CWD, path, FOLDER, Mode::empty())?, path: path.to_owned() })
    }

    /// Opens a folder below a trusted one. Links are followed as long as they stay in it.
    ///
    /// # Errors
    /// When there is no such folder, or a link leads out of `folder`.
    pub fn beneath(folder: &Path, relative: &Path) -> io::Result<Self> {
        Ok(Self { handle: open_folder_beneath(folder, relative)?, path: folder.join(relative) })
    }

    /// Opens the folder with the given name in this one, and creates it if it is missing; links are
    /// not followed.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] when the name is empty or has parts such as `..`; when a part of
    /// it is a link or a file; or the I/O error.
    pub fn make(&self, name: impl AsRef<Path>) -> io::Result<Self> {
        let mut made: Option<Self> = None;
        for part in name.as_ref().components() {
            let Component::Normal(part) = part else { return Err(ErrorKind::InvalidInput.into()) };
            let from = made.as_ref().unwrap_or(self);
            let mode = Mode::from_raw_mode(from.readers()?.folder_mode());
            match mkdirat(&from.handle, part, mode) {
                Ok(()) | Err(Errno::EXIST) => {}
                Err(errno) => return Err(errno.into()),
            }
            let flags = FOLDER | OFlags::NOFOLLOW;
            let handle = openat(&from.handle, part, flags, Mode::empty())?;
            made = Some(Self { handle, path: from.path.join(part) });
        }
        made.ok_or_else(|| ErrorKind::InvalidInput.into())
    }

    /// The path at the time of opening, for messages.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A path to the folder that stays valid across renames, as long as the folder is held open;
    /// usable in this process and as the working directory of a child process.
    #[must_use]
    pub fn held_path(&self) -> PathBuf {
        PathBuf::from(format!("/proc/self/fd/{}", self.handle.as_raw_fd()))
    }

    /// Who may read the files that are created in it.
    ///
    /// # Errors
    /// The I/O error.
    pub fn readers(&self) -> io::Result<Readers> {
        Ok(Readers::in_folder(fstat(&self.handle)?.st_mode))
    }

    /// Opens a file in it; a file that is created is private.
    ///
    /// # Errors
    /// When the name is a link, or the I/O error.
    pub fn open_file(&self, name: &str, flags: OFlags) -> io::Result<File> {
        let flags = flags | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mode = Mode::from_raw_mode(Readers::Owner.file_mode());
        Ok(openat(&self.handle, name, flags, mode)?.into())
    }

    /// Creates a new file with the content; an existing file or link is an error.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`] when the name exists, or the I/O error.
    pub fn create(&self, name: impl AsRef<Path>, content: &[u8]) -> io::Result<File> {
        let mode = Mode::from_raw_mode(self.readers()?.file_mode());
        let mut file = File::from(openat(&self.handle, name.as_ref(), NEW_FILE, mode)?);
        file.write_all(content)?;
        Ok(file)
    }

    /// Replaces a file's content: temporary file in the same folder, fsync, rename. Returns the
    /// stamp of the written file, even if another process has replaced it since.
    ///
    /// If the process dies before the rename, the old content stays; the temporary file that is
    /// left starts with a dot and is never read.
    ///
    /// # Errors
    /// The I/O error.
    pub fn replace(&self, name: &str, content: &[u8]) -> io::Result<Stamp> {
        self.replace_with(name, |temp| {
            let file = self.create(temp, content)?;
            file.sync_data()?;
            Ok(Stamp::from_metadata(&file.metadata()?))
        })
    }

    /// Like [`replace`](Self::replace), but without fsync: for content that may be lost in a power
    /// failure.
    ///
    /// # Errors
    /// The I/O error.
    pub fn replace_unsynced(&self, name: &str, content: &[u8]) -> io::Result<()> {
        self.replace_with(name, |temp| self.create(temp, content).map(drop))
    }

    fn replace_with<T>(
        &self,
        name: &str,
        write: impl FnOnce(&str) -> io::Result<T>,
    ) -> io::Result<T> {
        let unique = NEXT_TEMP.fetch_add(1, Ordering::Relaxed);
        let temp = format!(".{name}.{}-{unique}.tmp", std::process::id());
        let renamed = |written| {
            renameat(&self.handle, &temp, &self.handle, name)?;
            Ok(written)
        };
        let written = write(&temp).and_then(renamed);
        if written.is_err() {
            // Best effort: the error that matters is the one that is returned.
            let _ = unlinkat(&self.handle, &temp, AtFlags::empty());
        }
        written
    }

    /// Moves an entry to a folder; an existing entry is never replaced.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`] when `new_name` exists, or the I/O error.
    pub fn move_to(&self, name: &str, folder: &Self, new_name: &str) -> io::Result<()> {
        let never_over = RenameFlags::NOREPLACE;
        Ok(renameat_with(&self.handle, name, &folder.handle, new_name, never_over)?)
    }

    /// Removes a file in it.
    ///
    /// # Errors
    /// The I/O error.
    pub fn remove_file(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&self.handle, name, AtFlags::empty())?)
    }

    /// Removes an empty folder in it, if it exists.
    ///
    /// # Errors
    /// When it is not empty, or the I/O error.
    pub fn remove_empty(&self, name: &str) -> io::Result<()> {
        match unlinkat(&self.handle, name, AtFlags::REMOVEDIR) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(errno) => Err(errno.into()),
        }
    }

    /// Removes a folder in it recursively.
    ///
    /// # Errors
    /// The I/O error.
    pub fn remove_all(&self, name: &str) -> io::Result<()> {
        fs::remove_dir_all(self.held_path().join(name))
    }

    /// Device and inode of an entry.
    ///
    /// # Errors
    /// When there is no such entry, or the I/O error.
    pub fn identity(&self, name: &str) -> io::Result<(u64, u64)> {
        let stat = statat(&self.handle, name, AtFlags::SYMLINK_NOFOLLOW)?;
        Ok((stat.st_dev, stat.st_ino))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("root");
        fs::create_dir_all(root.join("task")).unwrap();
        fs::create_dir_all(dir.path().join("outside")).unwrap();
        (dir, root)
    }

    #[test]
    fn nothing_is_written_through_a_folder_that_was_swapped_for_a_link() {
        let (dir, root) = folder();
        let open_folder = Folder::beneath(&root, Path::new("task")).unwrap();
        fs::rename(root.join("task"), root.join("moved")).unwrap();
        symlink(dir.path().join("outside"), root.join("task")).unwrap();
        open_folder.replace("a.json", b"x").unwrap();
        open_folder.make("deep/er").unwrap().create("b", b"y").unwrap();
        assert_eq!(fs::read(root.join("moved/a.json")).unwrap(), b"x");
        assert_eq!(fs::read(root.join("moved/deep/er/b")).unwrap(), b"y");
        assert_eq!(fs::read_dir(dir.path().join("outside")).unwrap().count(), 0);
        assert!(Folder::beneath(&root, Path::new("task")).is_err(), "it leads out now");
    }

    #[test]
    fn links_in_it_are_replaced_and_not_followed() {
        let (dir, root) = folder();
        let outside = dir.path().join("outside/secret");
        fs::write(&outside, "untouched").unwrap();
        symlink(&outside, root.join("link")).unwrap();
        symlink(dir.path().join("outside"), root.join("folder")).unwrap();
        let open_folder = Folder::open(&root).unwrap();
        assert!(open_folder.create("link", b"x").is_err());
        assert!(open_folder.open_file("link", OFlags::WRONLY).is_err());
        assert!(open_folder.make("folder/new").is_err());
        assert!(open_folder.make("../up").is_err());
        open_folder.replace("link", b"ours").unwrap();
        assert_eq!(fs::read_to_string(&outside).unwrap(), "untouched");
        assert_eq!(fs::read_to_string(root.join("link")).unwrap(), "ours");
    }

    #[test]
    fn a_move_does_not_replace_an_existing_file() {
        let (_dir, root) = folder();
        fs::create_dir(root.join("other")).unwrap();
        let open_folder = Folder::open(&root).unwrap();
        let error = open_folder.move_to("task", &open_folder, "other").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        open_folder.move_to("task", &open_folder, "new").unwrap();
        open_folder.remove_all("new").unwrap();
        assert!(!root.join("new").exists());
    }
}
