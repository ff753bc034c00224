//! A single run: its status, log and results.

use common::TaskStatus;
use engine::WorkspaceSelector;
use serde_json::json;

use crate::project::{Project, form_tasks, log, run, shell_task, task_name};

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
    let metrics =
        engine.metrics(&WorkspaceSelector::Current, &task_name("grid_1-of-2"), 100).unwrap();
    assert_eq!(metrics.series[0].y, [Some(0.5), Some(0.25), Some(0.5 / 3.0)]);
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
    engine.set_env(&WorkspaceSelector::Current, &task_name("env"), &request).unwrap();
    let text = log(&run(&engine, "env"), 1);
    let home = std::env::var("HOME").unwrap_or_default();
    assert!(text.contains(&format!("[settings task {home}]")), "{text}");
    assert!(text.contains("cfg=unset"), "{text}");
}
