//! SIGKILL at random times: to the server, to supervisors, to all processes at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use common::page::TaskQuery;
use common::task::BatchRunRequest;
use common::{Task, TaskStatus};
use engine::{Engine, Options, WorkspaceSelector};
use test_support::SupervisorBinary;

use crate::project::{Project, Supervise, kill, log, shell_task, wait, wait_until_done};

/// The variable with the project of the test in the other process.
const PROJECT: &str = "PYRUNS_TEST_PROJECT";

/// An engine in a separate process, which runs the project's queue like a server.
fn server(project: &Project) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "death_matrix::inside_a_server", "--ignored"])
        .current_dir(project.path())
        .env(PROJECT, project.path())
        .env("HOME", project.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "run by the tests below until they kill it, in a process of its own"]
fn inside_a_server() {
    let engine = Engine::start(Options {
        project_dir: std::env::var_os(PROJECT).unwrap().into(),
        pyr_executable: Supervise::PATH.into(),
        gpus: engine::gpus_of_this_machine(),
    })
    .unwrap();
    engine.open_shell().unwrap();
    loop {
        std::thread::park();
    }
}

/// Queues tasks without starting them: the engine is dropped first.
fn queue(project: &Project, names: &[String], script: &str, max_workers: u32) {
    let engine = project.shell();
    for name in names {
        shell_task(&engine, name, script);
    }
    let request = BatchRunRequest {
        task_names: names.to_vec(),
        max_workers: Some(max_workers),
        fail_fast: false,
    };
    engine.run_batch(&WorkspaceSelector::Current, &request).unwrap();
}

fn all(engine: &Engine) -> Vec<Task> {
    let query = TaskQuery { limit: 0, ..TaskQuery::default() };
    engine.list_tasks(&WorkspaceSelector::Current, &query).unwrap().items
}

fn every_file_parses(project: &Project) {
    let tasks = project.path().join("_pyruns_/_shell_/tasks");
    for item in fs::read_dir(tasks).unwrap().flatten() {
        let info = item.path().join("task_info.json");
        if info.exists() {
            let text = fs::read_to_string(&info).unwrap();
            let parsed: Result<serde_json::Value, _> = serde_json::from_str(&text);
            assert!(parsed.is_ok(), "{}: {text:?}", info.display());
        }
    }
}

/// Waits for a script, and returns its supervisor.
fn supervisor_of_a_script_that_goes(project: &Project) -> u32 {
    let mut found = None;
    wait("a script to go", || {
        let all = project.processes();
        let script =
            all.values().find_map(|line| line.strip_suffix("/config.sh ")?.split(' ').next_back());
        let Some(dir) = script else { return false };
        let supervises =
            |line: &str| line.contains(" supervise ") && line.contains(&format!("{dir} "));
        found = all.iter().find(|(_, line)| supervises(line)).map(|(pid, _)| *pid);
        found.is_some()
    });
    found.unwrap()
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("t{number}")).collect()
}

#[test]
fn a_server_that_is_killed_again_and_again_loses_no_task_and_runs_none_twice() {
    let project = Project::new();
    let names = names(24);
    queue(&project, &names, "echo $PYRUNS_TASK_DIR >> started; sleep 0.03; echo whole\n", 3);
    for round in 0..8_u64 {
        let mut server = server(&project);
        std::thread::sleep(Duration::from_millis(15 + round * 13));
        server.kill().unwrap();
        server.wait().unwrap();
        every_file_parses(&project);
    }
    let mut server = server(&project);
    wait("a server to start a run", || project.path().join("started").exists());
    server.kill().unwrap();
    server.wait().unwrap();
    let engine = project.shell();
    for name in &names {
        let task = wait_until_done(&engine, name);
        assert_eq!((task.status, task.run_index), (TaskStatus::Completed, 1), "{task:?}");
        let text = log(&task, 1);
        assert!(text.contains("whole\n[PYRUNS]") && text.ends_with(")\n"), "{text}");
    }
    wait("all supervisors to leave", || project.processes().is_empty());
    let started = fs::read_to_string(project.path().join("started")).unwrap();
    assert_eq!(started.lines().collect::<BTreeSet<_>>().len(), names.len(), "{started}");
    assert_eq!(started.lines().count(), names.len(), "{started}");
}

#[test]
fn a_supervisor_that_is_killed_takes_its_run_with_it_and_no_other() {
    let project = Project::new();
    let names = names(12);
    let engine = project.shell();
    let script = "setsid sleep 0.4 & sleep 0.4; echo whole\n";
    for name in &names {
        shell_task(&engine, name, script);
    }
    let request =
        BatchRunRequest { task_names: names.clone(), max_workers: Some(6), fail_fast: false };
    engine.run_batch(&WorkspaceSelector::Current, &request).unwrap();
    // The script of one is running; the others are in any state.
    kill(supervisor_of_a_script_that_goes(&project));
    let mut killed = 1;
    for round in 0..5_u64 {
        std::thread::sleep(Duration::from_millis(20 + round * 17));
        let victim = project.processes().into_iter().find(|(_, line)| line.contains(" supervise "));
        if let Some((pid, _)) = victim {
            kill(pid);
            killed += 1;
        }
    }
    let mut interrupted = 0;
    for name in &names {
        let task = wait_until_done(&engine, name);
        match task.status {
            TaskStatus::Completed => assert!(log(&task, 1).contains("whole\n[PYRUNS]")),
            _ => {
                assert_eq!(
                    (task.status, task.reasons[0].as_str()),
                    (TaskStatus::Failed, "interrupted")
                );
                interrupted += 1;
            }
        }
    }
    assert!((1..=killed).contains(&interrupted), "{interrupted} of {killed}");
    wait("nothing of a run to be left", || project.processes().is_empty());
}

#[test]
fn when_everything_dies_at_once_the_queue_goes_on_where_it_was() {
    for delay_ms in [10, 40, 90, 160] {
        let project = Project::new();
        let names = names(10);
        queue(&project, &names, "sleep 0.12; echo whole\n", 3);
        let mut server = server(&project);
        std::thread::sleep(Duration::from_millis(delay_ms));
        // Like a power failure: first the processes that could start others, then the rest.
        server.kill().unwrap();
        server.wait().unwrap();
        wait("everything to be dead", || {
            let left = project.processes();
            // Supervisors are killed before their children, or they would record the end. Pids are not in order, because
            // they wrap around.
            let is_supervisor = |line: &String| line.contains(" supervise ");
            let (first, rest): (Vec<_>, Vec<_>) = left.iter().partition(|(_, l)| is_supervisor(l));
            first.iter().chain(&rest).for_each(|(pid, _)| kill(**pid));
            left.is_empty()
        });
        every_file_parses(&project);
        let before = statuses(&project.path());
        let engine = project.shell();
        for task in names.iter().map(|name| wait_until_done(&engine, name)) {
            let expected = match before[&task.name].as_str() {
                "queued" => vec![TaskStatus::Completed],
                "running" => vec![TaskStatus::Failed],
                _ => vec![TaskStatus::Completed, TaskStatus::Failed],
            };
            assert!(
                expected.contains(&task.status),
                "{} was {}: {task:?}",
                task.name,
                before[&task.name]
            );
            if task.status == TaskStatus::Failed {
                assert_eq!(task.reasons[0], "interrupted");
            } else {
                assert!(log(&task, 1).contains("whole\n[PYRUNS]"), "{}", log(&task, 1));
            }
        }
        assert_eq!(all(&engine).len(), names.len());
    }
}

/// The status in each task's file.
fn statuses(project: &Path) -> BTreeMap<String, String> {
    let tasks = project.join("_pyruns_/_shell_/tasks");
    let listed = fs::read_dir(tasks).unwrap().flatten().filter_map(|item| {
        let text = fs::read_to_string(item.path().join("task_info.json")).ok()?;
        let info: serde_json::Value = serde_json::from_str(&text).ok()?;
        Some((item.file_name().to_string_lossy().into_owned(), info["status"].as_str()?.to_owned()))
    });
    listed.collect()
}
