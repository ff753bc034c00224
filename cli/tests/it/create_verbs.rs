//! The verbs that create workspaces and tasks: `init`, `new`, `run` with a grid, and `extend`.

use std::fs;

use serde_json::Value;

use crate::project::{Project, wait};
use crate::pyr::{json, pyr, refused, said};

const SCRIPT: &str = "\
import argparse
p = argparse.ArgumentParser()
p.add_argument('--lr', type=float, default=0.1)
p.add_argument('--seed', type=int, default=0)
p.add_argument('--opt', default='sgd')
a = p.parse_args()
print(f'trained with {a.lr} {a.seed} {a.opt}')
";

fn is_task(project: &Project, name: &str) -> bool {
    project.path().join("_pyruns_/train/tasks").join(name).is_dir()
}

#[test]
fn init_creates_a_workspace_once() {
    let project = Project::new();
    project.write("train.py", SCRIPT);
    project.write("base.yaml", "lr: 0.5\nseed: 7\n");
    let root = project.path().join("_pyruns_/train");
    for _ in 0..2 {
        let printed = said(&project, &["init", "train.py", "--config", "base.yaml"]);
        assert_eq!(printed.trim_end(), root.to_str().unwrap());
    }
    let defaults = fs::read_to_string(root.join("config_default.yaml")).unwrap();
    assert!(defaults.contains("lr: 0.5") && defaults.contains("seed: 7"), "{defaults}");
    assert!(fs::read_dir(root.join("tasks")).unwrap().next().is_none());

    // From a folder below, the shell workspace of the project is meant.
    fs::create_dir(project.path().join("below")).unwrap();
    let shell = json(&project, &["-C", "below", "init", "shell", "--json"]);
    assert_eq!((&shell["name"], &shell["workspace_kind"]), (&"_shell_".into(), &"shell".into()));
    assert!(project.path().join("_pyruns_/_shell_/tasks").is_dir());
    assert!(!project.path().join("below/_pyruns_").exists());
}

#[test]
fn init_refuses_what_is_no_script() {
    let project = Project::new();
    let (status, error) = refused(&project, &["init", "trian.py"]);
    assert_eq!(status, 3, "{error}");
    project.write("notes.txt", "");
    assert_eq!(refused(&project, &["init", "notes.txt"]).0, 2);
    assert_eq!(refused(&project, &["init", "shell", "--config", "a.yaml"]).0, 2);
    assert!(!project.path().join("_pyruns_").exists());
}

fn with_script() -> Project {
    let project = Project::new();
    project.write("train.py", SCRIPT);
    said(&project, &["init", "train.py"]);
    project
}

fn names(document: &Value) -> Vec<&str> {
    document["task_names"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect()
}

fn task(project: &Project, name: &str) -> Value {
    json(project, &["show", name, "--json"])
}

#[test]
fn new_creates_the_tasks_of_set_and_runs_none() {
    let project = with_script();
    let set = ["new", "--set", "lr=0.1 | 0.01", "--set", "seed=1:2", "--pattern", "{lr}-{seed}"];
    let created = json(&project, &[&set[..], &["--json"]].concat());
    assert_eq!(names(&created), ["0.1-1", "0.1-2", "0.01-1", "0.01-2"]);
    assert_eq!((&created["schema_version"], &created["count"]), (&1.into(), &4.into()));
    let config = fs::read_to_string(project.path().join("_pyruns_/train/tasks/0.01-2/config.yaml"));
    assert_eq!(config.unwrap(), "lr: 0.01\nseed: 2\nopt: sgd\n");
    assert!(said(&project, &["list", "--columns", "status"]).contains("pending"));
    // All or none.
    let (status, error) = refused(&project, &set);
    assert_eq!(status, 2, "{error}");
    assert!(error.contains("already exists"), "{error}");

    // From a task: its values are kept, also those that look like several.
    said(&project, &["new", "-n", "odd", "--set", "opt='a | b'"]);
    let copies = ["add", "--from", "odd", "--set", "seed=8 | 9", "-n", "again"];
    assert_eq!(
        said(&project, &copies),
        "created again_1-of-2 … again_2-of-2 (2 tasks, @again_of-2)\n"
    );
    let config = project.path().join("_pyruns_/train/tasks/again_2-of-2/config.yaml");
    assert_eq!(fs::read_to_string(config).unwrap(), "lr: 0.1\nseed: 9\nopt: \"a | b\"\n");
}

#[test]
fn a_dry_run_prints_what_new_creates() {
    let project = with_script();
    project.write("grid.yaml", "lr: 0.1 | 0.01\nseed: 1:4\n");
    let text = said(&project, &["new", "grid.yaml", "-n", "sweep", "--dry-run"]);
    let wanted = "\
2 × 4 = 8 tasks
lr    2
seed  4
sweep_1-of-8 … sweep_8-of-8
First 6 of 8
lr=0.1, seed=1, opt=sgd
lr=0.1, seed=2, opt=sgd
lr=0.1, seed=3, opt=sgd
lr=0.1, seed=4, opt=sgd
lr=0.01, seed=1, opt=sgd
lr=0.01, seed=2, opt=sgd
";
    assert_eq!(text, wanted);
    let when = ["new", "grid.yaml", "--when", "lr == 0.1 or seed == 1", "--dry-run"];
    assert!(said(&project, &when).starts_with("5 tasks of 8\n"));
    let document = json(&project, &[&when[..], &["--json"]].concat());
    assert_eq!((&document["count"], &document["items"][0]["index"]), (&5.into(), &1.into()));
    assert!(fs::read_dir(project.path().join("_pyruns_/train/tasks")).unwrap().next().is_none());
}

#[test]
fn new_tasks_have_the_given_options() {
    let project = with_script();
    said(&project, &["new", "-n", "first"]);
    let options = [
        ["--gpus", "1"],
        ["--cpus", "2"],
        ["--timeout", "90"],
        ["--retries", "3"],
        ["--priority", "-5"],
        ["--after", "fir*"],
        ["--env", "MODE=a=b"],
        ["--notes", "second try"],
        ["--tag", "draft,baseline"],
    ];
    said(&project, &[&["new", "-n", "second"][..], options.as_flattened()].concat());
    let path = project.path().join("_pyruns_/train/tasks/second/task_info.json");
    let info: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!((&info["options"]["gpus"], &info["options"]["cpus"]), (&1.into(), &2.into()));
    assert_eq!(info["options"]["timeout_s"], 90.0);
    assert_eq!(info["options"]["retry"]["count"], 3);
    assert_eq!(info["options"]["priority"], -5);
    assert_eq!(info["options"]["after"], serde_json::json!(["first"]));
    assert_eq!(info["env"]["MODE"], "a=b");
    assert_eq!(info["notes"], "second try");
    assert_eq!(info["tags"], serde_json::json!(["draft", "baseline"]));
}

#[test]
fn new_refuses_wrong_arguments() {
    let project = with_script();
    for (arguments, status, part) in [
        (&["new", "--set", "lrr=1"][..], 2, "Parameters: lr, seed, opt."),
        (&["new", "--set", "lr"], 2, "KEY=VALUES"),
        (&["new", "--set", "lr=fast"], 2, "lr"),
        (&["new", "--set", "lr=1 | 2", "--when", "lr == 3"], 2, "no combination"),
        (&["new", "missing.yaml"], 3, "missing.yaml"),
        (&["new", "--from", "missing"], 3, "Task 'missing' not found"),
        (&["new", "-n", "a", "--after", "missing"], 3, "Task 'missing' not found"),
        (&["new", "-n", "a", "--env", "MODE"], 2, "NAME=VALUE"),
        (&["new", "--pattern", "{x}"], 2, "name_pattern"),
        (&["-w", "shell", "new"], 3, "is not a workspace"),
    ] {
        let (found, error) = refused(&project, arguments);
        assert_eq!(found, status, "{arguments:?}: {error}");
        assert!(error.contains(part), "{arguments:?}: {error}");
    }
    assert!(!is_task(&project, "a"));
    said(&project, &["init"]);
    assert!(refused(&project, &["-w", "shell", "new"]).1.contains("pyr exec"));
}

#[test]
fn run_creates_the_tasks_of_a_grid_and_waits() {
    let project = with_script();
    project.write("grid.yaml", "seed: 1 | 2\n");
    let dry = said(&project, &["run", "grid.yaml", "-n", "sweep", "--dry-run"]);
    assert!(dry.starts_with("2 tasks\nseed  2\nsweep_1-of-2 … sweep_2-of-2\n"), "{dry}");
    assert!(!is_task(&project, "sweep_1-of-2"));

    let text = said(&project, &["run", "grid.yaml", "-n", "sweep", "--notes", "both"]);
    let first = text.lines().next().unwrap();
    assert_eq!(first, "created sweep_1-of-2 … sweep_2-of-2 (2 tasks, @sweep_of-2)");
    assert_eq!(text.lines().filter(|line| line.starts_with("completed")).count(), 2, "{text}");
    assert_eq!(task(&project, "sweep_2-of-2")["notes"], "both");
    assert!(said(&project, &["logs", "sweep_2-of-2"]).contains("trained with 0.1 2 sgd"));

    // A failed task is the command's failure.
    let output = pyr(&project, &["run", "--set", "lr=0.5", "--env", "MODE=fast", "-n", "alone"]);
    assert!(output.status.success(), "{output:?}");
    project.write("train.py", &SCRIPT.replace("print(", "raise SystemExit(4)\nprint("));
    let output = pyr(&project, &["run", "--from", "alone", "-n", "fails", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("fails did not complete."));
    let last = String::from_utf8(output.stdout).unwrap();
    let last: Value = serde_json::from_str(last.lines().last().unwrap()).unwrap();
    assert_eq!((&last["name"], &last["status"]), (&"fails".into(), &"failed".into()));
}

#[test]
fn run_refuses_a_mixture_of_old_and_new_tasks() {
    let project = with_script();
    project.write("grid.yaml", "seed: 1 | 2\n");
    said(&project, &["new", "-n", "old"]);
    for arguments in [
        &["run", "old", "grid.yaml"][..],
        &["run", "old", "--set", "seed=1"],
        &["run", "old", "--gpus", "1"],
        &["run", "-n", "name"],
        &["run", "grid.yaml", "--filter", "lr < 1"],
    ] {
        let (status, error) = refused(&project, arguments);
        assert_eq!(status, 2, "{arguments:?}: {error}");
        assert!(error.contains("Name either existing tasks, or new ones"), "{error}");
    }
    assert_eq!(task(&project, "old")["status"], "pending");
}

#[test]
fn extend_adds_values_to_a_batch() {
    let project = with_script();
    said(&project, &["new", "-n", "s", "--set", "lr=0.1 | 0.2", "--set", "seed=1:2"]);
    let extend = ["extend", "@s_of-4", "--set", "lr=0.2 | 1e-3"];
    let dry = said(&project, &[&extend[..], &["--dry-run"]].concat());
    let names = "s_5-of-6\ns_6-of-6\n";
    assert_eq!(dry, format!("2 new tasks; the batch then has 6\nFirst 2 of 2\n{names}"));
    assert!(!is_task(&project, "s_5-of-6"));
    let document = json(&project, &[&extend[..], &["--json"]].concat());
    assert_eq!((&document["values"], &document["total"]), (&1.into(), &6.into()));
    assert_eq!(task(&project, "s_6-of-6")["config"]["lr"], 0.001);

    let (status, error) = refused(&project, &extend);
    assert_eq!(status, 2, "{error}");
    assert_eq!(refused(&project, &["extend", "@no", "--set", "lr=1"]).0, 3);
    assert_eq!(refused(&project, &["extend", "@s_of-4", "--set", "lr"]).0, 2);
}

#[test]
fn extend_runs_the_new_tasks_in_the_background() {
    let project = with_script();
    said(&project, &["new", "-n", "s", "--set", "seed=1:2"]);
    let text = said(&project, &["extend", "@s_of-2", "--set", "seed=3", "--run"]);
    assert_eq!(text, "queued s_3-of-3\n");
    said(&project, &["wait", "s_3-of-3", "--timeout", "50"]);
    assert!(said(&project, &["logs", "s_3-of-3"]).contains("trained with 0.1 3 sgd"));
    assert_eq!(task(&project, "s_1-of-2")["status"], "pending");
    wait("the end of the background queue", || queue_of(&project).is_none());
}

#[test]
fn new_tasks_run_in_the_background() {
    let project = with_script();
    let text = said(&project, &["run", "--set", "seed=5 | 6", "-n", "later", "--detach"]);
    let wanted = "created later_1-of-2 … later_2-of-2 (2 tasks, @later_of-2)\n\
                  queued later_1-of-2\nqueued later_2-of-2\n";
    assert_eq!(text, wanted);
    said(&project, &["wait", "@later_of-2", "--timeout", "50"]);
    // The background queue of the last tasks may end at the moment when the next are queued.
    for place in 1..=8 {
        let name = format!("again{place}");
        said(&project, &["run", "--set", "seed=5 | 6", "-n", &name, "--detach"]);
        said(&project, &["wait", &format!("@{name}_of-2"), "--timeout", "50"]);
    }

    let detached = said(&project, &["exec", "-n", "alone", "--detach", "-c", "echo hello"]);
    assert_eq!(detached, "queued alone\n");
    said(&project, &["-w", "shell", "wait", "alone", "--timeout", "50"]);
    assert!(said(&project, &["-w", "shell", "logs", "alone"]).contains("\nhello\n"));
    wait("the end of the background queue", || queue_of(&project).is_none());
}

/// The process that runs the project's queue in the background.
fn queue_of(project: &Project) -> Option<String> {
    let wanted = format!("queue\0-C\0{}\0", project.path().display());
    let mut processes = fs::read_dir("/proc").unwrap().flatten();
    processes.find_map(|item| {
        let line = fs::read(item.path().join("cmdline")).ok()?;
        let line = String::from_utf8_lossy(&line).into_owned();
        line.ends_with(&wanted).then_some(line)
    })
}
