//! A single run: its status, log and results.

use common::TaskStatus;
use serde_json::json;

use crate::project::{Project, change, log, run, settings, shell_task};

#[test]
fn a_shell_task_runs_in_the_project_folder_and_leaves_its_log() {
    let project = Project::new();
    shell_task(&project, "hello", "echo out; echo err >&2; pwd; echo \"run $PYRUNS_RUN_INDEX\"\n");
    let task = run(&project, "hello");
    assert_eq!(task.status, TaskStatus::Completed, "{task:?}");
    assert_eq!((task.run_index, task.exit_codes.clone()), (1, vec![Some(0)]));
    assert!(task.durations_s[0].unwrap() >= 0.0);
    let log = log(&task, 1);
    let lines: Vec<&str> = log.lines().collect();
    assert!(lines[0].starts_with("[PYRUNS] Task hello started at 2"), "{log}");
    let project_dir = project.path().to_string_lossy().into_owned();
    assert_eq!(lines[1..5], ["out", "err", &project_dir, "run 1"], "{log}");
    assert!(lines[5].starts_with("[PYRUNS] Task hello finished at 2"), "{log}");
}

#[test]
fn a_failure_says_why_and_where() {
    let project = Project::new();
    shell_task(&project, "broken", "exit 3\n");
    let task = run(&project, "broken");
    assert_eq!((task.status, task.reasons[0].as_str()), (TaskStatus::Failed, "exit code 3"));
    let errors = std::fs::read_to_string(format!("{}/run_logs/error.log", task.dir)).unwrap();
    assert!(
        errors.contains("run1 failed: exit code 3") && errors.contains("config.sh"),
        "{errors}"
    );
    shell_task(&project, "crashed", "kill -SEGV $$\n");
    let task = run(&project, "crashed");
    assert_eq!((task.status, task.reasons[0].as_str()), (TaskStatus::Failed, "SIGSEGV"));
    assert_eq!(task.exit_codes, [None]);
}

#[test]
fn a_rerun_is_a_new_slot_and_keeps_the_old_one() {
    let project = Project::new();
    let counted = "python3 -c \"import pyruns; pyruns.record(run=pyruns.get_run_index())\"\n";
    shell_task(&project, "again", counted);
    run(&project, "again");
    let task = run(&project, "again");
    assert_eq!(task.run_index, 2);
    assert_eq!(json!(task.records), json!([{"run": 1}, {"run": 2}]));
    assert_eq!([task.start_times.len(), task.pids.len(), task.exit_codes.len()], [2, 2, 2]);
}

#[test]
fn the_environment_is_the_users_then_the_settings_then_the_tasks() {
    let project = Project::new();
    shell_task(
        &project,
        "env",
        "echo \"[$A $B $HOME]\"; echo \"cfg=${__PYRUNS_CONFIG__-unset}\"\n",
    );
    settings(&project, "global_env:\n  A: settings\n  B: settings\n");
    change(&project, "env", |info| info.env = [("B".to_owned(), "task".to_owned())].into());
    let text = log(&run(&project, "env"), 1);
    let home = std::env::var("HOME").unwrap_or_default();
    assert!(text.contains(&format!("[settings task {home}]")), "{text}");
    assert!(text.contains("cfg=unset"), "{text}");
}
