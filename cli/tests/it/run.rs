//! A single run: its status, log and results.

use common::TaskStatus;
use engine::WorkspaceSelector;
use serde_json::json;

use crate::project::{Project, form_tasks, log, run, shell_task};

#[test]
fn a_shell_task_runs_in_the_project_folder_and_leaves_its_log() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "hello", "echo out; echo err >&2; pwd; echo \"run $PYRUNS_RUN_INDEX\"\n");
    let task = run(&engine, "hello");
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
fn a_python_task_gets_its_arguments_and_reports_metrics_with_nothing_installed() {
    let project = Project::new();
    let script = r#"
import argparse, pyruns
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--flag", action="store_true")
args = parser.parse_args()
for step in range(3):
    pyruns.track(loss=args.lr / (step + 1), nothing=float("nan"))
pyruns.record(final=args.lr, flag=args.flag)
print("dir", pyruns.get_task_dir(), pyruns.get_run_index())
"#;
    let engine = project.script("train.py", script);
    let tasks = form_tasks(&engine, "grid", "lr: 0.5 | 0.25\nflag: true\n");
    assert_eq!(tasks.len(), 2);
    for (name, lr) in [("grid_1-of-2", 0.5), ("grid_2-of-2", 0.25)] {
        let task = run(&engine, name);
        assert_eq!(task.status, TaskStatus::Completed, "{}", log(&task, 1));
        assert_eq!(json!(task.records), json!([{"final": lr, "flag": true}]));
        let wanted = json!([{"loss": [lr, lr / 2.0, lr / 3.0], "nothing": ["NaN", "NaN", "NaN"]}]);
        assert_eq!(json!(task.tracks), wanted);
        assert!(log(&task, 1).contains(&format!("dir {} 1", task.dir)), "{}", log(&task, 1));
    }
    let metrics = engine.metrics(&WorkspaceSelector::Current, "grid_1-of-2", 100).unwrap();
    assert_eq!(metrics.series[0].y, [Some(0.5), Some(0.25), Some(0.5 / 3.0)]);
}

#[test]
fn a_failure_has_a_reason_and_a_line() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "broken", "exit 3\n");
    let task = run(&engine, "broken");
    assert_eq!((task.status, task.reasons[0].as_str()), (TaskStatus::Failed, "exit code 3"));
    let errors = std::fs::read_to_string(format!("{}/run_logs/error.log", task.dir)).unwrap();
    assert!(
        errors.contains("run1 failed: exit code 3") && errors.contains("config.sh"),
        "{errors}"
    );
    shell_task(&engine, "crashed", "kill -SEGV $$\n");
    let task = run(&engine, "crashed");
    assert_eq!((task.status, task.reasons[0].as_str()), (TaskStatus::Failed, "SIGSEGV"));
    assert_eq!(task.exit_codes, [None]);
}

#[test]
fn a_rerun_is_a_new_slot_and_preserves_the_old_one() {
    let project = Project::new();
    let engine = project.shell();
    let counted = "python3 -c \"import pyruns; pyruns.record(run=pyruns.get_run_index())\"\n";
    shell_task(&engine, "again", counted);
    run(&engine, "again");
    let task = run(&engine, "again");
    assert_eq!(task.run_index, 2);
    assert_eq!(json!(task.records), json!([{"run": 1}, {"run": 2}]));
    assert_eq!([task.start_times.len(), task.pids.len(), task.exit_codes.len()], [2, 2, 2]);
}

#[test]
fn a_script_that_is_gone_fails_the_run_and_not_the_queue() {
    let project = Project::new();
    let engine =
        project.script("train.py", "import argparse\nargparse.ArgumentParser().parse_args()\n");
    form_tasks(&engine, "lost", "");
    std::fs::remove_file(project.path().join("train.py")).unwrap();
    let task = run(&engine, "lost");
    assert_eq!(task.status, TaskStatus::Failed);
    assert!(task.reasons[0].contains("train.py does not exist"), "{:?}", task.reasons);
}

#[test]
fn the_environment_is_the_users_then_the_settings_then_the_tasks() {
    let project = Project::new();
    let engine = project.shell();
    let patch = json!({"global_env": {"A": "settings", "B": "settings"}});
    engine.update_settings(&WorkspaceSelector::Current, patch.as_object().unwrap()).unwrap();
    shell_task(&engine, "env", "echo \"[$A $B $HOME]\"; echo \"cfg=${__PYRUNS_CONFIG__-unset}\"\n");
    let env = [("B".to_owned(), "task".to_owned())].into();
    let request = common::task::EnvRequest { env, expected_env: None, env_from: None };
    engine.set_env(&WorkspaceSelector::Current, "env", &request).unwrap();
    let text = log(&run(&engine, "env"), 1);
    let home = std::env::var("HOME").unwrap_or_default();
    assert!(text.contains(&format!("[settings task {home}]")), "{text}");
    assert!(text.contains("cfg=unset"), "{text}");
}
