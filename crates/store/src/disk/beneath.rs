//! Opens files below a folder for reading, and never follows a symbolic link out of that folder,
//! even if the path changes concurrently.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::os::fd::OwnedFd;
use std::path::{Component, Path, PathBuf};

use rustix::fs::{CWD, Mode, OFlags, ResolveFlags, openat, openat2};
use rustix::io::Errno;

/// Non-blocking, so that opening a pipe does not wait; no controlling terminal.
const READING: OFlags =
    OFlags::RDONLY.union(OFlags::CLOEXEC).union(OFlags::NONBLOCK).union(OFlags::NOCTTY);
pub(super) const FOLDER: OFlags = OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

/// Opens a file below a folder for reading. Links are followed as long as they stay in the folder.
///
/// The kernel resolves the path relative to the open folder and refuses to leave it (`openat2`,
/// Linux 5.6), so that there is no race between a check and the opening. Where the kernel lacks it,
/// or an absolute link leads back into the folder, the resolved path is opened component by
/// component.
///
/// # Errors
/// When the file does not exist, is not a regular file, or lies outside the folder (also
/// `NotFound`: its existence is not disclosed).
pub fn open_beneath(folder: &Path, relative: &Path) -> io::Result<File> {
    let file = File::from(open_safely(folder, relative, READING)?);
    // A socket, a device or a folder is treated as missing.
    if file.metadata()?.is_file() { Ok(file) } else { Err(elsewhere()) }
}

/// Reads a file below a folder completely.
///
/// # Errors
/// As [`open_beneath`].
pub(crate) fn read_beneath(folder: &Path, relative: &Path) -> io::Result<Vec<u8>> {
    let mut file = open_beneath(folder, relative)?;
    let size = file.metadata().map_or(0, |meta| meta.len()).min(1 << 20);
    // One more byte, so that the end of the file is detected without another read.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a folder below another one with the same guarantees, in order to write in it.
///
/// # Errors
/// As [`open_beneath`].
pub(super) fn open_folder_beneath(folder: &Path, relative: &Path) -> io::Result<OwnedFd> {
    open_safely(folder, relative, FOLDER)
}

fn open_safely(folder: &Path, relative: &Path, flags: OFlags) -> io::Result<OwnedFd> {
    let root = openat(CWD, folder, FOLDER, Mode::empty())?;
    let safe = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
    match openat2(&root, relative, flags, Mode::empty(), safe) {
        Ok(opened) => Ok(opened),
        Err(Errno::XDEV | Errno::AGAIN | Errno::NOSYS | Errno::PERM | Errno::INVAL) => {
            open_walking(&root, folder, relative, flags)
        }
        Err(errno) => Err(errno.into()),
    }
}

/// Resolves the links first, then opens each component without following links: one that was
/// created meanwhile is refused.
fn open_walking(
    root: &OwnedFd,
    folder: &Path,
    relative: &Path,
    last: OFlags,
) -> io::Result<OwnedFd> {
    let inside = resolved(folder, relative)?;
    let mut names = inside.components().peekable();
    let mut below: Option<OwnedFd> = None;
    while let Some(Component::Normal(name)) = names.next() {
        let from = below.as_ref().unwrap_or(root);
        let flags = if names.peek().is_some() { FOLDER } else { last };
        let opened = openat(from, name, flags | OFlags::NOFOLLOW, Mode::empty());
        below = Some(opened.map_err(|errno| match errno {
            // A component that became a link meanwhile.
            Errno::LOOP | Errno::NOTDIR => elsewhere(),
            errno => errno.into(),
        })?);
    }
    below.ok_or_else(elsewhere)
}

/// The resolved path, relative to the folder.
fn resolved(folder: &Path, relative: &Path) -> io::Result<PathBuf> {
    let target = fs::canonicalize(folder.join(relative))?;
    let folder = fs::canonicalize(folder)?;
    target.strip_prefix(folder).map(Path::to_owned).map_err(|_| elsewhere())
}

fn elsewhere() -> io::Error {
    io::Error::new(ErrorKind::NotFound, "not a file of this folder")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::sync::atomic::{AtomicBool, Ordering};

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("root");
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::write(root.join("a/b/file"), "inside").unwrap();
        fs::write(dir.path().join("secret"), "outside").unwrap();
        (dir, root)
    }

    /// Opens with both implementations: `openat2`, and component by component.
    fn both(root: &Path, relative: &str) -> [io::Result<String>; 2] {
        let text = |file: File| io::read_to_string(file);
        let handle = openat(CWD, root, FOLDER, Mode::empty()).unwrap();
        [
            open_beneath(root, Path::new(relative)).and_then(text),
            open_walking(&handle, root, Path::new(relative), READING)
                .map(File::from)
                .and_then(text),
        ]
    }

    #[test]
    fn files_inside_are_read_also_through_links() {
        let (_dir, root) = folder();
        symlink("b/file", root.join("a/link")).unwrap();
        symlink(root.join("a"), root.join("absolute")).unwrap();
        for path in ["a/b/file", "a/link", "absolute/b/file", "a/../a/b/file", "./a/b/file"] {
            for read in both(&root, path) {
                assert_eq!(read.unwrap(), "inside", "{path}");
            }
        }
        assert_eq!(read_beneath(&root, Path::new("a/b/file")).unwrap(), b"inside");
    }

    #[test]
    fn no_path_leads_outside() {
        let (dir, root) = folder();
        symlink(dir.path().join("secret"), root.join("a/absolute")).unwrap();
        symlink("../../secret", root.join("a/relative")).unwrap();
        symlink(dir.path(), root.join("up")).unwrap();
        let absolute = dir.path().join("secret");
        for path in [
            "a/absolute",
            "a/relative",
            "up/secret",
            "../secret",
            absolute.to_str().unwrap(),
            "none",
        ] {
            for read in both(&root, path) {
                assert!(read.is_err(), "{path}");
            }
        }
        assert!(open_beneath(&root, Path::new("a")).is_err(), "a folder is no file");
    }

    #[test]
    fn a_folder_that_is_swapped_for_a_link_all_the_time_does_not_help() {
        let (dir, root) = folder();
        let outside = dir.path().join("outside");
        fs::create_dir_all(&outside).unwrap();
        fs::write(outside.join("file"), "outside").unwrap();
        symlink(&outside, root.join("link")).unwrap();
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let (real, link, spare) = (root.join("a/b"), root.join("link"), root.join("spare"));
                while !stop.load(Ordering::Relaxed) {
                    let _ = fs::rename(&real, &spare).and_then(|()| fs::rename(&link, &real));
                    let _ = fs::rename(&real, &link).and_then(|()| fs::rename(&spare, &real));
                }
            });
            for _ in 0..3_000 {
                for text in both(&root, "a/b/file").into_iter().flatten() {
                    assert_eq!(text, "inside");
                }
            }
            stop.store(true, Ordering::Relaxed);
        });
    }
}
