//! Reads the curves from an open database.

use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value};

use super::StoreError;

/// The only schema version that pyruns 0.3 has written.
const SCHEMA_VERSION: i64 = 1;
/// Number of calls read in one transaction, which limits how long a writer waits.
const BATCH: usize = 10_000;
/// A larger run index is invalid.
const MAX_RUNS: usize = 100_000;

/// The curves of each run, from run 1 on: key → list of values.
///
/// `generation` started with a snapshot of all runs; later calls of `track()` are appended one by
/// one.
///
/// # Errors
/// When the schema is different, or `generation` does not exist.
pub(super) fn tracks(
    database: &Connection,
    generation: &str,
) -> Result<Vec<Map<String, Value>>, StoreError> {
    let version: i64 = database.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version != SCHEMA_VERSION {
        return Err(StoreError::Unsupported);
    }
    let snapshot: Option<String> = database
        .query_row("SELECT snapshot FROM generations WHERE generation = ?1", [generation], |row| {
            row.get(0)
        })
        .optional()?;
    let missing = || StoreError::Broken("it does not contain the curves of the task".to_owned());
    let mut runs: Vec<Map<String, Value>> = serde_json::from_str(&snapshot.ok_or_else(missing)?)?;
    let mut after = i64::MIN;
    loop {
        let calls = calls(database, generation, after)?;
        let count = calls.len();
        for (sequence, run_index, payload) in calls {
            after = sequence;
            append(&mut runs, run_index, &payload)?;
        }
        if count < BATCH {
            return Ok(runs);
        }
    }
}

type Call = (i64, i64, String);

fn calls(database: &Connection, generation: &str, after: i64) -> rusqlite::Result<Vec<Call>> {
    let mut query = database.prepare(
        "SELECT sequence, run_index, payload FROM points \
         WHERE generation = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3",
    )?;
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
    let calls = query
        .query_map((generation, after, limit), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    calls.collect()
}

/// Appends the values of one call of `track()`.
fn append(
    runs: &mut Vec<Map<String, Value>>,
    run_index: i64,
    payload: &str,
) -> Result<(), StoreError> {
    let values: Map<String, Value> = serde_json::from_str(payload)?;
    let index = usize::try_from(run_index).ok().and_then(|run| run.checked_sub(1));
    let Some(index) = index.filter(|index| *index < MAX_RUNS) else {
        return Ok(());
    };
    if runs.len() <= index {
        runs.resize_with(index + 1, Map::new);
    }
    for (key, value) in values {
        match runs[index].entry(key).or_insert_with(|| Value::Array(Vec::new())) {
            Value::Array(list) => list.push(value),
            other => *other = Value::Array(vec![value]),
        }
    }
    Ok(())
}
