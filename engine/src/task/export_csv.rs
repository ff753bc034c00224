//! `POST /api/tasks/export/csv`: a row per run.

use std::collections::BTreeSet;

use common::task::TaskNamesRequest;

use super::search::show;
use super::{Run, TaskInfo, store};
use crate::Result;
use crate::csv::line;
use crate::engine::{Engine, Pick};
use crate::metric::fold_so_far;

impl Engine {
    /// `name,status,run,start_time,finish_time,pid,<record keys sorted>`, lines end with CRLF
    /// as RFC 4180 wants.
    ///
    /// # Errors
    /// Names the first task that does not exist.
    pub fn export_csv(&self, pick: &Pick, request: &TaskNamesRequest) -> Result<String> {
        let workspace = self.pick(pick)?;
        let mut tasks = Vec::new();
        for name in &request.task_names {
            let entry = workspace.find(name)?;
            let (mut info, _) = store::read(&entry.dir)?;
            for (slot, run) in info.runs.iter_mut().enumerate() {
                let run_index = u32::try_from(slot + 1).unwrap_or(u32::MAX);
                if let Some(folded) = fold_so_far(&entry.dir, run_index)? {
                    folded.put_into(run, &entry.dir.journal_name(run_index));
                }
            }
            tasks.push(info);
        }
        Ok(csv(&tasks))
    }
}

fn csv(tasks: &[TaskInfo]) -> String {
    let keys: BTreeSet<&String> =
        tasks.iter().flat_map(|task| &task.runs).flat_map(|run| run.record.keys()).collect();
    let fixed = ["name", "status", "run", "start_time", "finish_time", "pid"];
    let header = fixed.into_iter().chain(keys.iter().map(|key| key.as_str()));
    let mut text = line(header.map(str::to_owned));
    for task in tasks {
        for (slot, run) in task.runs.iter().enumerate() {
            text.push_str(&line(row(task, slot + 1, run, &keys)));
        }
    }
    text
}

fn row(task: &TaskInfo, run_index: usize, run: &Run, keys: &BTreeSet<&String>) -> Vec<String> {
    let pid = run.pid.map(|pid| pid.to_string()).unwrap_or_default();
    let fixed = [
        task.name.clone(),
        task.status.to_string(),
        run_index.to_string(),
        run.start_time.clone(),
        run.finish_time.clone(),
        pid,
    ];
    let records = keys.iter().map(|key| run.record.get(*key).map(show).unwrap_or_default());
    fixed.into_iter().chain(records).collect()
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
        let task = TaskInfo {
            name: "t, 1".into(),
            runs: vec![run(first), run(second)],
            ..TaskInfo::default()
        };
        let wanted = "name,status,run,start_time,finish_time,pid,acc,loss,note\r\n\
                      \"t, 1\",pending,1,,,5,1,0.5,\r\n\
                      \"t, 1\",pending,2,,,5,,,\"a,\"\"b\"\"\"\r\n";
        assert_eq!(csv(&[task]), wanted);
    }
}
