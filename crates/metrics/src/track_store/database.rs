//! Opens a database without writing to any file beside it.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::fd::AsRawFd;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use super::{FILE_NAME, StoreError};
use store::task::TaskDir;

/// How long to wait for a writer. pyruns holds the lock for milliseconds; other changes to tasks of
/// the workspace wait meanwhile.
const LOCK_TIMEOUT: Duration = Duration::from_millis(100);

/// Closing any descriptor of a file releases every lock that this process holds on it (POSIX),
/// including those that `SQLite` holds in another thread. Therefore one thread at a time reads a
/// database; the mutex is selected by inode.
static READER_LOCKS: [Mutex<()>; 32] = [const { Mutex::new(()) }; 32];

/// Calls `read` with a task's database.
///
/// It is opened read-only, and neither it nor a file beside it is changed. A database that cannot
/// be read this way, because a write was interrupted or because it is in WAL mode, is copied; the
/// copy is repaired and read.
///
/// # Errors
/// When the file does not exist or lies outside the task's folder, when it is locked or damaged;
/// and the error of `read`.
pub(super) fn with<T>(
    dir: &TaskDir,
    read: impl Fn(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let file = dir.open(FILE_NAME).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => StoreError::Missing,
        _ => StoreError::Io(error),
    })?;
    let index = usize::try_from(file.metadata()?.ino() % 32).unwrap_or_default();
    let _lock = READER_LOCKS[index].lock().unwrap_or_else(PoisonError::into_inner);
    let is_wal = is_wal(&file)?;
    // The real path of the checked file: a link may lead to it.
    let path = fs::read_link(format!("/proc/self/fd/{}", file.as_raw_fd()))?;
    drop(file);
    if !is_wal {
        let database = open(&path, OpenFlags::SQLITE_OPEN_READ_ONLY);
        match database.map_err(StoreError::from).and_then(|database| read(&database)) {
            Err(StoreError::NeedsRepair) => {}
            result => return result,
        }
    }
    let copy = Copy::of(&path)?;
    read(&open(&copy.path, OpenFlags::SQLITE_OPEN_READ_WRITE)?)
}

/// Whether the header indicates WAL mode (write-ahead log).
fn is_wal(mut file: &File) -> Result<bool, StoreError> {
    let mut header = [0; 20];
    let is_complete = file.read_exact(&mut header).is_ok();
    if !is_complete || !header.starts_with(b"SQLite format 3\0") {
        return Err(StoreError::Broken("it is not a SQLite database".to_owned()));
    }
    Ok(header[18] == 2 || header[19] == 2)
}

fn open(path: &Path, access: OpenFlags) -> rusqlite::Result<Connection> {
    let database = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    database.busy_timeout(LOCK_TIMEOUT)?;
    // The file is not trusted: do not execute anything that it defines.
    database.pragma_update(None, "trusted_schema", false)?;
    Ok(database)
}

/// A copy in a temporary folder, with its journal files.
struct Copy {
    path: PathBuf,
    _folder: TempDir,
}

impl Copy {
    fn of(path: &Path) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("pyruns-tracks-").tempdir()?;
        let copy = folder.path().join(FILE_NAME);
        for suffix in ["", "-journal", "-wal"] {
            let with_suffix = |path: &Path| {
                let mut name = path.as_os_str().to_owned();
                name.push(suffix);
                PathBuf::from(name)
            };
            match fs::copy(with_suffix(path), with_suffix(&copy)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound && !suffix.is_empty() => {}
                copied => drop(copied?),
            }
        }
        Ok(Self { path: copy, _folder: folder })
    }
}
