//! Databases as pyruns 0.3 writes them, and what else may lie in their place.

use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::{FILE_NAME, StoreError, merge_into};
use engine::task::TaskEntry;
use store::task::{TaskDir, TaskInfo, file};

const GENERATION: &str = "4a99c39bcf11437ca52a9549356d4c7e";

/// The statements of pyruns 0.3.17.
const SCHEMA: &str = "
    CREATE TABLE generations (generation TEXT PRIMARY KEY, snapshot TEXT NOT NULL);
    CREATE TABLE points (
        sequence INTEGER PRIMARY KEY,
        generation TEXT NOT NULL,
        operation TEXT NOT NULL UNIQUE,
        run_index INTEGER NOT NULL,
        payload TEXT NOT NULL
    );
    CREATE INDEX points_generation ON points(generation, sequence);
    PRAGMA user_version = 1;";

/// A task of two runs whose curves are in a database.
struct Task {
    folder: tempfile::TempDir,
    dir: TaskDir,
}

impl Task {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tasks").join("long");
        fs::create_dir_all(&path).unwrap();
        let dir = TaskDir::new(path);
        let info = json!({
            "status": "completed", "config_file": "config.yaml",
            "start_times": ["2026-11-20_10-00-00", "2026-11-20_11-00-00"],
            "finish_times": ["2026-11-20_10-10-00", "2026-11-20_11-10-00"],
            "tracks": [{}, {}],
            "track_store": {"version": 1, "generation": GENERATION, "max_run_index": 2},
        });
        fs::write(dir.info(), info.to_string()).unwrap();
        fs::write(dir.config("config.yaml"), "lr: 0.1\n").unwrap();
        let task = Self { folder, dir };
        let database = task.database();
        database.execute_batch(SCHEMA).unwrap();
        let snapshot = r#"[{"loss": [1.0, 0.5]}, {}]"#;
        let insert = "INSERT INTO generations VALUES (?1, ?2)";
        database.execute(insert, (GENERATION, snapshot)).unwrap();
        // Another history that was prepared and never became the valid one.
        database.execute(insert, ("0".repeat(32), r#"[{"other": [1]}]"#)).unwrap();
        task.append(&database, 1, r#"{"loss": 0.25, "acc": 0.9}"#);
        task.append(&database, 2, r#"{"loss": 7}"#);
        task.append(&database, 9, r#"{"loss": 99}"#);
        task
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join(FILE_NAME)
    }

    fn database(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }

    fn append(&self, database: &Connection, run_index: u32, payload: &str) {
        let insert = "INSERT INTO points(generation, operation, run_index, payload) \
            VALUES (?1, lower(hex(randomblob(16))), ?2, ?3)";
        database.execute(insert, (GENERATION, run_index, payload)).unwrap();
    }

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
fn what_the_file_has_itself_stays() {
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
    let entry = TaskEntry::load(task.dir.clone());
    assert!(entry.load_error.as_deref().unwrap().contains("locked"), "{:?}", entry.load_error);
    assert!(!entry.has_current_tracks(), "it is tried again");
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

/// What a write leaves that was interrupted when parts of it were on the disk: the database half changed, and the
/// journal with which SQLite takes that back.
#[test]
fn an_interrupted_write_is_taken_back_in_a_copy() {
    let task = Task::new();
    let journal = task.dir.path().join("tracks.sqlite3-journal");
    let before = fs::read(task.path()).unwrap();
    let writer = task.database();
    // With so small a cache changed pages go to the file before the commit.
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
fn what_cannot_be_read_is_said_and_hides_nothing_else() {
    let task = Task::new();
    let whole = fs::read(task.path()).unwrap();
    fs::write(task.path(), "no database").unwrap();
    assert!(task.refused().contains("it is no SQLite database"), "{}", task.refused());
    let mut torn = whole.clone();
    torn.truncate(whole.len() / 2);
    torn[100..4000].fill(7);
    fs::write(task.path(), torn).unwrap();
    assert!(task.refused().contains("its curves cannot be read"), "{}", task.refused());
    let entry = TaskEntry::load(task.dir.clone());
    assert_eq!((entry.brief.run_index, entry.config.open()["lr"].clone()), (2, json!(0.1)));
    assert!(entry.load_error.is_some());
    assert!(entry.has_current_tracks(), "it is not read again while it stays as it is");
    fs::remove_file(task.path()).unwrap();
    assert!(task.refused().contains("missing"), "{}", task.refused());
    fs::write(task.path(), whole).unwrap();
    task.database().execute("DELETE FROM generations", []).unwrap();
    assert!(task.refused().contains("are not in it"), "{}", task.refused());
    task.database().execute_batch("PRAGMA user_version = 2").unwrap();
    assert!(task.refused().contains("a format that this version"), "{}", task.refused());
}

#[test]
fn a_link_out_of_the_task_is_not_followed() {
    let task = Task::new();
    let elsewhere = task.folder.path().join("elsewhere.sqlite3");
    fs::rename(task.path(), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, task.path()).unwrap();
    assert!(matches!(task.tracks(), Err(StoreError::Missing)));
}

#[test]
fn figures_of_the_index_hold_what_the_database_holds() {
    let task = Task::new();
    let entry = TaskEntry::load(task.dir.clone());
    let figures = |entry: &TaskEntry, run: usize| entry.info.open().runs[run].metrics.clone();
    let loss = figures(&entry, 0)["loss"];
    assert_eq!((loss.count, loss.last, loss.max), (3, Some(0.25), Some(1.0)));
    assert!(entry.load_error.is_none() && entry.has_current_tracks());
    // A change of the task's file alone needs no look into the database.
    let mut stored = file::read_with_end(&task.dir).unwrap();
    stored.info.pinned = true;
    let pinned = entry.with_info(stored);
    assert_eq!(figures(&pinned, 0), figures(&entry, 0));
    // pyruns appends: the file is another one then.
    task.append(&task.database(), 2, r#"{"loss": 3}"#);
    assert!(!pinned.has_current_tracks());
    let grown = pinned.with_info(file::read_with_end(&task.dir).unwrap());
    assert_eq!(figures(&grown, 1)["loss"].last, Some(3.0));
}
