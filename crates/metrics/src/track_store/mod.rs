//! Reads `tracks.sqlite3`, in which pyruns 0.3 stores the curves of a task that has many.
//!
//! From 1,024 points (all keys and runs together) or 256 KiB on, it moves all `tracks` of
//! `task_info.json` to this database and leaves a pointer, `track_store`, in their place. This
//! version only reads it: it stores curves in journals. A database that cannot be read is only a
//! warning on its task.

mod database;
mod error;
mod read;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

pub use error::StoreError;

use serde_json::{Map, Value};

use store::disk::Stamp;
use store::task::{TaskDir, TaskInfo};

/// The database's file name.
const FILE_NAME: &str = "tracks.sqlite3";
/// The key of `task_info.json` that points to the database.
const POINTER: &str = "track_store";

/// The stamp of a task's database; all zero if there is none.
#[must_use]
pub fn stamp(dir: &TaskDir) -> Stamp {
    Stamp::of(&dir.path().join(FILE_NAME)).unwrap_or_default()
}

/// Whether a task's file points to a database.
#[must_use]
pub fn is_used_by(info: &TaskInfo) -> bool {
    info.other.contains_key(POINTER)
}

/// Whether two versions of a task's file point to the same curves, or neither points to any.
#[must_use]
pub fn is_same(a: &TaskInfo, b: &TaskInfo) -> bool {
    a.other.get(POINTER) == b.other.get(POINTER)
}

/// Adds the curves in the database to each run; curves in `task_info.json` itself are not changed.
///
/// # Errors
/// When there is a pointer and the database cannot be read; `info` is unchanged then.
pub fn merge_into(dir: &TaskDir, info: &mut TaskInfo) -> Result<(), StoreError> {
    let Some(pointer) = info.other.get(POINTER) else {
        return Ok(());
    };
    let generation = generation_of(pointer)?;
    let tracks = database::with(dir, |database| read::tracks(database, generation))?;
    // Runs that the file does not contain were removed by the program that wrote it.
    for (run, track) in info.runs.iter_mut().zip(tracks) {
        let known = std::mem::replace(&mut run.track, track);
        run.track.extend(known);
    }
    Ok(())
}

/// The id of the valid generation in the database.
fn generation_of(pointer: &Value) -> Result<&str, StoreError> {
    let of_version_1 = |pointer: &&Map<String, Value>| pointer.get("version") == Some(&1.into());
    let pointer = pointer.as_object().filter(of_version_1);
    let generation = pointer.and_then(|pointer| pointer.get("generation")?.as_str());
    generation.ok_or(StoreError::Unsupported)
}
