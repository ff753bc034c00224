//! `pyr list`: the runs table in the terminal, without a server and without starting tasks.

use std::process::{Command, Output};

use common::TaskStatus;
use common::task::BatchRunRequest;
use engine::{Engine, WorkspaceSelector};
use serde_json::{Value, json};

use crate::project::{Project, form_tasks, wait_until_done};

const SCRIPT: &str = "\
import argparse, pyruns
p = argparse.ArgumentParser()
p.add_argument('--lr', type=float, default=0.1)
p.add_argument('--seed', type=int, default=0)
a = p.parse_args()
pyruns.track(loss=a.lr + a.seed)
";

fn ran() -> (Project, Engine) {
    let project = Project::new();
    let engine = project.script("train.py", SCRIPT);
    form_tasks(&engine, "grid", "lr: 0.1 | 0.2\nseed: 0 | 1\n");
    let task_names: Vec<String> = (1..=4).map(|place| format!("grid_{place}-of-4")).collect();
    let request =
        BatchRunRequest { task_names: task_names.clone(), max_workers: Some(2), fail_fast: false };
    engine.run_batch(&WorkspaceSelector::Current, &request).unwrap();
    for name in &task_names {
        assert_eq!(wait_until_done(&engine, name).status, TaskStatus::Completed);
    }
    (project, engine)
}

fn pyr(project: &Project, arguments: &[&str]) -> Output {
    crate::pyr::pyr(project, &[&["list"], arguments].concat())
}

fn said(project: &Project, arguments: &[&str]) -> String {
    crate::pyr::said(project, &[&["list"], arguments].concat())
}

#[test]
fn runs_are_filtered_sorted_and_grouped() {
    let (project, _engine) = ran();
    let text = said(&project, &["--filter", "lr < 0.15 and status = completed", "--sort=-loss"]);
    let lines: Vec<Vec<&str>> =
        text.lines().map(|line| line.split_whitespace().collect()).collect();
    let headers = ["name", "status", "duration", "seed", "loss"];
    let known: Vec<&&str> = lines[0].iter().filter(|header| headers.contains(header)).collect();
    assert_eq!(known, ["name", "status", "duration", "seed", "loss"].iter().collect::<Vec<_>>());
    assert_eq!((lines.len(), lines[1][0], lines[2][0]), (3, "grid_2-of-4", "grid_1-of-4"));

    let csv = said(&project, &["train.py", "--columns", "lr,loss", "-n", "1", "--format", "csv"]);
    assert!(csv.starts_with("task,run,params.lr,metrics.loss.best\r\n"), "{csv}");
    assert_eq!(csv.lines().count(), 2);

    let grouped = said(&project, &["--group", "lr", "--columns", "loss"]);
    assert!(grouped.contains("0.60 ± 0.71"), "{grouped}");
}

#[test]
fn an_error_of_a_filter_is_marked() {
    let (project, _engine) = ran();
    for (filter, column, mark) in
        [("lr < ", 6, "     ^"), ("lr < 1 and los < 1", 12, "           ^^^")]
    {
        let output = pyr(&project, &["--filter", filter]);
        assert!(!output.status.success());
        let error = String::from_utf8(output.stderr).unwrap();
        let lines: Vec<&str> = error.lines().collect();
        assert!(lines[0].starts_with(&format!("pyr: filter: column {column}")), "{error}");
        assert_eq!((lines[1], lines[2]), (filter, mark), "{error}");
    }
}

#[test]
fn a_parquet_file_is_written_to_a_path() {
    let (project, _engine) = ran();
    assert_eq!(said(&project, &["--format", "parquet", "-o", "runs.parquet"]), "");
    let file = std::fs::read(project.path().join("runs.parquet")).unwrap();
    assert!(file.starts_with(b"PAR1") && file.ends_with(b"PAR1"));
    let python = std::env::var("PYRUNS_TEST_PYTHON").unwrap_or_else(|_| "python3".into());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/read_parquet.py");
    let mut reader = Command::new(python);
    let output =
        reader.args([script, "runs.parquet"]).current_dir(project.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let table: Value = serde_json::from_slice(&output.stdout).unwrap();
    let column = |name: &str| table[name].as_array().unwrap().clone();
    let mut rows: Vec<(Value, Value, Value)> = column("task")
        .into_iter()
        .zip(column("params.lr"))
        .zip(column("metrics.loss.best"))
        .map(|((task, lr), loss)| (task, lr, loss))
        .collect();
    rows.sort_by_key(|(task, ..)| task.to_string());
    let wanted = [(1, 0.1, 0.1), (2, 0.1, 1.1), (3, 0.2, 0.2), (4, 0.2, 1.2)];
    let wanted = wanted
        .map(|(place, lr, loss)| (json!(format!("grid_{place}-of-4")), json!(lr), json!(loss)));
    assert_eq!(rows, wanted);
    // Missing values are null, not an empty string.
    assert_eq!(column("status"), vec![json!("completed"); 4]);
    assert_eq!(column("run"), vec![json!(1); 4]);
}

#[test]
fn looking_starts_nothing() {
    let project = Project::new();
    let engine = project.script("train.py", SCRIPT);
    form_tasks(&engine, "only", "lr: 0.1\n");
    drop(engine);
    let path = project.path().join("_pyruns_/train/tasks/only/task_info.json");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"pending\"", "\"queued\"")).unwrap();
    assert!(said(&project, &[]).contains("queued"));
    assert!(std::fs::read_to_string(&path).unwrap().contains("\"queued\""));
    assert!(!project.path().join("_pyruns_/train/tasks/only/run_logs/run1.log").exists());
}

#[test]
fn several_workspaces_are_distinguished() {
    let project = Project::new();
    let engine = project.script("a.py", SCRIPT);
    form_tasks(&engine, "one", "lr: 0.1\n");
    engine.open_shell().unwrap();
    crate::project::shell_task(&engine, "two", "true\n");
    let output = pyr(&project, &[]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        error,
        "pyr: there are several workspaces; name a script or workspace folder: _shell_, a\n"
    );
    assert!(said(&project, &["a.py"]).contains("one"));
    assert!(said(&project, &["shell"]).contains("two"));
}
