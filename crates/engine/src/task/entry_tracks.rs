//! Tests of entries whose curves pyruns 0.3 moved to a database.

use std::fs;

use serde_json::json;
use store::task::file;

use super::TaskEntry;

#[path = "../../../metrics/src/track_store/fixture.rs"]
#[expect(dead_code, reason = "the other crate looks into the folder")]
mod fixture;

use fixture::Task;

#[test]
fn a_database_that_is_locked_is_tried_again() {
    let task = Task::new();
    let writer = task.database();
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let entry = TaskEntry::load(task.dir.clone());
    assert!(entry.load_error.as_deref().unwrap().contains("locked"), "{:?}", entry.load_error);
    assert!(!entry.has_current_tracks(), "it is tried again");
    writer.execute_batch("COMMIT").unwrap();
}

#[test]
fn a_database_that_cannot_be_read_hides_nothing_else() {
    let task = Task::new();
    let mut torn = fs::read(task.path()).unwrap();
    torn.truncate(torn.len() / 2);
    torn[100..4000].fill(7);
    fs::write(task.path(), torn).unwrap();
    let entry = TaskEntry::load(task.dir.clone());
    assert_eq!(
        (entry.summary.run_index, entry.config.deserialize()["lr"].clone()),
        (2, json!(0.1))
    );
    assert!(entry.load_error.is_some());
    assert!(entry.has_current_tracks(), "it is not read again while it stays as it is");
}

#[test]
fn the_index_has_the_statistics_of_the_database() {
    let task = Task::new();
    let entry = TaskEntry::load(task.dir.clone());
    let statistics =
        |entry: &TaskEntry, run: usize| entry.info.deserialize().runs[run].metrics.clone();
    let loss = statistics(&entry, 0)["loss"];
    assert_eq!((loss.count, loss.last, loss.max), (3, Some(0.25), Some(1.0)));
    assert!(entry.load_error.is_none() && entry.has_current_tracks());
    // A change of the task's file alone does not read the database.
    let mut stored = file::read_with_end(&task.dir).unwrap();
    stored.info.pinned = true;
    let pinned = entry.with_info(stored);
    assert_eq!(statistics(&pinned, 0), statistics(&entry, 0));
    // pyruns appends, which changes the file's stamp.
    task.append(&task.database(), 2, r#"{"loss": 3}"#);
    assert!(!pinned.has_current_tracks());
    let grown = pinned.with_info(file::read_with_end(&task.dir).unwrap());
    assert_eq!(statistics(&grown, 1)["loss"].last, Some(3.0));
}
