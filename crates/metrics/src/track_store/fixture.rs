//! Test data: a task of pyruns 0.3 whose curves are in a database; used by the tests of several
//! crates.

use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;
use serde_json::json;
use store::task::TaskDir;

pub(crate) const FILE_NAME: &str = "tracks.sqlite3";
pub(crate) const GENERATION: &str = "4a99c39bcf11437ca52a9549356d4c7e";

/// The schema of pyruns 0.3.17.
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
pub(crate) struct Task {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) dir: TaskDir,
}

impl Task {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tasks").join("long");
        fs::create_dir_all(&path).unwrap();
        let dir = TaskDir::at(&path).unwrap();
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
        // Another generation that was prepared and never became valid.
        database.execute(insert, ("0".repeat(32), r#"[{"other": [1]}]"#)).unwrap();
        task.append(&database, 1, r#"{"loss": 0.25, "acc": 0.9}"#);
        task.append(&database, 2, r#"{"loss": 7}"#);
        task.append(&database, 9, r#"{"loss": 99}"#);
        task
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.dir.path().join(FILE_NAME)
    }

    pub(crate) fn database(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }

    pub(crate) fn append(&self, database: &Connection, run_index: u32, payload: &str) {
        let insert = "INSERT INTO points(generation, operation, run_index, payload) \
            VALUES (?1, lower(hex(randomblob(16))), ?2, ?3)";
        database.execute(insert, (GENERATION, run_index, payload)).unwrap();
    }
}
