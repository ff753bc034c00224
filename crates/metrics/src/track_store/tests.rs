//! Databases as pyruns 0.3 writes them, and other files in their place.

use std::fs;

use serde_json::{Value, json};
use store::task::{TaskInfo, file};

use super::fixture::{FILE_NAME, GENERATION, Task};
use super::{StoreError, merge_into};

impl Task {
    fn tracks(&self) -> Result<Value, StoreError> {
        let (mut info, _) = file::read(&self.dir).unwrap();
        merge_into(&self.dir, &mut info)?;
        Ok(info.runs.into_iter().map(|run| Value::Object(run.track)).collect())
    }

    fn refused(&self) -> String {
        self.tracks().unwrap_err().to_string()
    }

    fn files(&self) -> Vec<String> {
        let files = fs::read_dir(self.dir.path()).unwrap();
        let mut names: Vec<String> =
            files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn everything() -> Value {
    json!([{"loss": [1.0, 0.5, 0.25], "acc": [0.9]}, {"loss": [7]}])
}

#[test]
fn a_snapshot_and_the_calls_after_it_are_one_curve() {
    let task = Task::new();
    let before = fs::read(task.path()).unwrap();
    assert_eq!(task.tracks().unwrap(), everything());
    assert_eq!(fs::read(task.path()).unwrap(), before);
    assert_eq!(task.files(), ["config.yaml", "task_info.json", FILE_NAME]);
}

#[test]
fn more_calls_than_are_read_at_a_time() {
    let task = Task::new();
    let database = task.database();
    let calls = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 24999) \
        INSERT INTO points(generation, operation, run_index, payload) \
        SELECT ?1, 'n' || i, 2, '{\"many\": ' || i || '}' FROM n";
    database.execute(calls, [GENERATION]).unwrap();
    let tracks = task.tracks().unwrap();
    let many = tracks[1]["many"].as_array().unwrap();
    assert_eq!(many.len(), 25_000);
    assert!(many.iter().enumerate().all(|(at, value)| *value == json!(at)));
}

#[test]
fn existing_keys_of_the_file_are_preserved() {
    let task = Task::new();
    let (mut info, _) = file::read(&task.dir).unwrap();
    info.runs[1].track.insert("acc".into(), json!([0.5]));
    merge_into(&task.dir, &mut info).unwrap();
    assert_eq!(Value::Object(info.runs[1].track.clone()), json!({"loss": [7], "acc": [0.5]}));
}

#[test]
fn without_a_pointer_the_database_is_not_opened() {
    let task = Task::new();
    fs::write(task.path(), "nonsense").unwrap();
    let mut info = TaskInfo::parse(r#"{"start_times": ["a"], "tracks": [{"loss": [1]}]}"#).unwrap();
    merge_into(&task.dir, &mut info).unwrap();
    assert_eq!(info.runs[0].track["loss"], json!([1]));
}

#[test]
fn a_writer_that_holds_the_database_is_waited_for_and_then_named() {
    let task = Task::new();
    let writer = task.database();
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert!(matches!(task.tracks(), Err(StoreError::Locked)));
    writer.execute_batch("COMMIT").unwrap();
    assert_eq!(task.tracks().unwrap(), everything());
}

#[test]
fn a_writer_in_the_middle_of_a_change_does_not_hinder_reading() {
    let task = Task::new();
    let writer = task.database();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    task.append(&writer, 1, r#"{"loss": 0.125}"#);
    assert_eq!(task.tracks().unwrap(), everything());
    writer.execute_batch("COMMIT").unwrap();
    assert_eq!(task.tracks().unwrap()[0]["loss"], json!([1.0, 0.5, 0.25, 0.125]));
}

/// An interrupted write leaves a half-changed database, and the journal with which SQLite rolls it
/// back.
#[test]
fn an_interrupted_write_is_taken_back_in_a_copy() {
    let task = Task::new();
    let journal = task.dir.path().join("tracks.sqlite3-journal");
    let before = fs::read(task.path()).unwrap();
    let writer = task.database();
    // With such a small cache, changed pages are written to the file before the commit.
    writer.execute_batch("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE").unwrap();
    for _ in 0..2_000 {
        task.append(&writer, 1, r#"{"loss": 0.125}"#);
    }
    let half = (fs::read(task.path()).unwrap(), fs::read(&journal).unwrap());
    assert_ne!(half.0, before);
    writer.execute_batch("ROLLBACK").unwrap();
    drop(writer);
    fs::write(task.path(), &half.0).unwrap();
    fs::write(&journal, &half.1).unwrap();
    assert_eq!(task.tracks().unwrap(), everything());
    assert_eq!((fs::read(task.path()).unwrap(), fs::read(&journal).unwrap()), half);
}

#[test]
fn a_database_in_wal_mode_is_read_without_files_of_ours_beside_it() {
    let task = Task::new();
    let writer = task.database();
    writer.execute_batch("PRAGMA journal_mode = WAL").unwrap();
    task.append(&writer, 2, r#"{"loss": 8}"#);
    let before = task.files();
    assert_eq!(task.tracks().unwrap()[1]["loss"], json!([7, 8]));
    assert_eq!(task.files(), before);
    drop(writer);
    let closed = task.files();
    assert_eq!(task.tracks().unwrap()[1]["loss"], json!([7, 8]));
    assert_eq!(task.files(), closed);
}

#[test]
fn an_unreadable_part_is_reported_and_hides_no_other() {
    let task = Task::new();
    let whole = fs::read(task.path()).unwrap();
    fs::write(task.path(), "no database").unwrap();
    assert!(task.refused().contains("it is not a SQLite database"), "{}", task.refused());
    let mut torn = whole.clone();
    torn.truncate(whole.len() / 2);
    torn[100..4000].fill(7);
    fs::write(task.path(), torn).unwrap();
    assert!(task.refused().contains("its curves cannot be read"), "{}", task.refused());
    fs::remove_file(task.path()).unwrap();
    assert!(task.refused().contains("missing"), "{}", task.refused());
    fs::write(task.path(), whole).unwrap();
    task.database().execute("DELETE FROM generations", []).unwrap();
    assert!(task.refused().contains("does not contain the curves"), "{}", task.refused());
    task.database().execute_batch("PRAGMA user_version = 2").unwrap();
    assert!(task.refused().contains("not supported by this version"), "{}", task.refused());
}

#[test]
fn a_link_out_of_the_task_is_not_followed() {
    let task = Task::new();
    let elsewhere = task.folder.path().join("elsewhere.sqlite3");
    fs::rename(task.path(), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, task.path()).unwrap();
    assert!(matches!(task.tracks(), Err(StoreError::Missing)));
}
