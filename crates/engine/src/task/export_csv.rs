//! Exports the records of tasks as CSV with one row per run.

use std::collections::BTreeSet;

use common::csv::{self, CsvCell};
use common::metric::float;
use common::task::TaskNamesRequest;
use serde_json::Value;

use super::search_text::display_value;
use crate::engine::{Engine, WorkspaceSelector};
use crate::task::requested_name;
use metrics::fold_so_far;
use store::Result;
use store::task::{Run, TaskInfo, file};

impl Engine {
    /// The columns are `name,status,run,start_time,finish_time,pid,<record keys sorted>`. Lines end with CRLF
    /// as required by RFC 4180.
    ///
    /// # Errors
    /// Names the first task that does not exist.
    pub fn export_csv(
        &self,
        selector: &WorkspaceSelector,
        request: &TaskNamesRequest,
    ) -> Result<String> {
        let workspace = self.workspace_of(selector)?;
        let mut tasks = Vec::new();
        for name in &request.task_names {
            let entry = workspace.find(&requested_name(name)?)?;
            let (mut info, _) = file::read(&entry.dir)?;
            for (slot, run) in info.runs.iter_mut().enumerate() {
                let run_index = u32::try_from(slot + 1).unwrap_or(u32::MAX);
                if let Some(folded) = fold_so_far(&entry.dir, run_index)? {
                    folded.apply_to(run, &entry.dir.journal_name(run_index));
                }
            }
            tasks.push(info);
        }
        Ok(table(&tasks))
    }
}

fn table(tasks: &[TaskInfo]) -> String {
    let keys: BTreeSet<&String> =
        tasks.iter().flat_map(|task| &task.runs).flat_map(|run| run.record.keys()).collect();
    let fixed = ["name", "status", "run", "start_time", "finish_time", "pid"];
    let header = fixed.into_iter().chain(keys.iter().map(|key| key.as_str()));
    let line = |cells: Vec<CsvCell>| csv::row(cells) + "\r\n";
    let mut text = line(header.map(CsvCell::text).collect());
    for task in tasks {
        for (slot, run) in task.runs.iter().enumerate() {
            text.push_str(&line(row(task, slot + 1, run, &keys)));
        }
    }
    text
}

fn row(task: &TaskInfo, run_index: usize, run: &Run, keys: &BTreeSet<&String>) -> Vec<CsvCell> {
    let fixed = [
        CsvCell::text(&task.name),
        CsvCell::text(task.status().as_str()),
        CsvCell::number(run_index),
        CsvCell::text(&run.start_time),
        CsvCell::text(&run.finish_time),
        run.pid.map_or_else(CsvCell::empty, CsvCell::number),
    ];
    let records = keys.iter().map(|key| run.record.get(*key).map_or_else(CsvCell::empty, cell));
    fixed.into_iter().chain(records).collect()
}

/// The cell of a record value. Non-finite numbers such as `-Infinity` are stored as strings in our files.
fn cell(value: &Value) -> CsvCell {
    let is_number = value.is_number() || value.as_str().and_then(float::from_name).is_some();
    if is_number {
        CsvCell::number(display_value(value))
    } else {
        CsvCell::text(&display_value(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, json};

    #[test]
    fn a_row_per_run_with_all_record_keys_sorted() {
        let run = |record| Run { record, pid: Some(5), ..Run::default() };
        let first = Map::from_iter([("loss".to_owned(), json!(0.5)), ("acc".to_owned(), json!(1))]);
        let second = Map::from_iter([("note".to_owned(), json!("a,\"b\""))]);
        let mut task = TaskInfo::named("t, 1");
        task.runs = vec![run(first), run(second)];
        let wanted = "name,status,run,start_time,finish_time,pid,acc,loss,note\r\n\
                      \"t, 1\",pending,1,,,5,1,0.5,\r\n\
                      \"t, 1\",pending,2,,,5,,,\"a,\"\"b\"\"\"\r\n";
        assert_eq!(table(&[task]), wanted);
    }

    #[test]
    fn texts_are_no_formulas_and_numbers_stay_numbers() {
        let record = Map::from_iter([
            ("@key".to_owned(), json!("=cmd|' /C calc'!A0")),
            ("loss".to_owned(), json!(-1.5)),
            ("worst".to_owned(), json!("-Infinity")),
        ]);
        let mut task = TaskInfo::named("=2+5");
        task.runs = vec![Run { record, ..Run::default() }];
        let wanted = "name,status,run,start_time,finish_time,pid,'@key,loss,worst\r\n\
                      '=2+5,pending,1,,,,'=cmd|' /C calc'!A0,-1.5,-Infinity\r\n";
        assert_eq!(table(&[task]), wanted);
    }
}
