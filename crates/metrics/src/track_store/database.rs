//! Opening a database without writing anything beside it.

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

/// How long a writer is waited for. pyruns holds the database for milliseconds; other changes to tasks of the
/// workspace wait meanwhile.
const PATIENCE: Duration = Duration::from_millis(100);

/// Closing any descriptor of a file drops every lock that this process has on it (POSIX), also those that `SQLite`
/// holds in another thread. So one thread at a time reads a database; which lock it takes is chosen by inode.
static ONE_READER: [Mutex<()>; 32] = [const { Mutex::new(()) }; 32];

/// Hands a task's database to `read`.
///
/// It is opened for reading only, and neither it nor a file beside it is changed. A database that cannot be
/// read so, because a write was interrupted or because it is in WAL mode, is copied, and the copy is repaired and read.
///
/// # Errors
/// When the file is not there or leads out of the task's folder, when it is locked or damaged; and what
/// `read` fails with.
pub(super) fn with<T>(
    dir: &TaskDir,
    read: impl Fn(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let file = dir.open(FILE_NAME).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => StoreError::Missing,
        _ => StoreError::Io(error),
    })?;
    let place = usize::try_from(file.metadata()?.ino() % 32).unwrap_or_default();
    let _one = ONE_READER[place].lock().unwrap_or_else(PoisonError::into_inner);
    let is_wal = is_wal(&file)?;
    // Where the checked file really is: a link may stand in between.
    let path = fs::read_link(format!("/proc/self/fd/{}", file.as_raw_fd()))?;
    drop(file);
    if !is_wal {
        let database = open(&path, OpenFlags::SQLITE_OPEN_READ_ONLY);
        match database.map_err(StoreError::from).and_then(|database| read(&database)) {
            Err(StoreError::NeedsRepair) => {}
            answered => return answered,
        }
    }
    let copy = Copy::of(&path)?;
    read(&open(&copy.path, OpenFlags::SQLITE_OPEN_READ_WRITE)?)
}

/// Whether the header says that changes are kept in a file beside it (write-ahead log).
fn is_wal(mut file: &File) -> Result<bool, StoreError> {
    let mut header = [0; 20];
    let is_whole = file.read_exact(&mut header).is_ok();
    if !is_whole || !header.starts_with(b"SQLite format 3\0") {
        return Err(StoreError::Broken("it is no SQLite database".to_owned()));
    }
    Ok(header[18] == 2 || header[19] == 2)
}

fn open(path: &Path, access: OpenFlags) -> rusqlite::Result<Connection> {
    let database = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    database.busy_timeout(PATIENCE)?;
    // The file may come from anybody: nothing that it defines is run.
    database.pragma_update(None, "trusted_schema", false)?;
    Ok(database)
}

/// A copy in a folder of its own, with what belongs to it.
struct Copy {
    path: PathBuf,
    _folder: TempDir,
}

impl Copy {
    fn of(path: &Path) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("pyruns-tracks-").tempdir()?;
        let copy = folder.path().join(FILE_NAME);
        for suffix in ["", "-journal", "-wal"] {
            let beside = |path: &Path| {
                let mut name = path.as_os_str().to_owned();
                name.push(suffix);
                PathBuf::from(name)
            };
            match fs::copy(beside(path), beside(&copy)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound && !suffix.is_empty() => {}
                copied => drop(copied?),
            }
        }
        Ok(Self { path: copy, _folder: folder })
    }
}
