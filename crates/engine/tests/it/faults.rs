//! Full disks, read-only and missing folders, malformed files: the states are clear, nothing is lost, nothing crashes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::TaskStatus;
use common::page::TaskQuery;
use common::system::DiskState;
use common::task::{NotesRequest, TaskNamesRequest};
use engine::{Engine, WorkspaceSelector};

use crate::project::{
    Project, log, run, shell_task, task_name, wait, wait_task, wait_until_done, wait_until_running,
};

/// The variable with the path of the disk that the test in the other namespace fills.
const DISK: &str = "PYRUNS_TEST_DISK";

/// Runs one of the ignored tests below on a small disk in a separate mount namespace. Prints a message if the system
/// does not allow namespaces.
#[expect(clippy::print_stderr, reason = "a skipped check must be visible")]
fn on_a_disk_of_its_own(test: &str) {
    let disk = tempfile::tempdir().unwrap();
    let mount = format!("mount -t tmpfs -o size=3m tmpfs '{}'", disk.path().display());
    let isolated = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script]);
        command
    };
    if !isolated(&mount).output().is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: no mount namespaces here");
        return;
    }
    let exe = std::env::current_exe().unwrap();
    let script = format!("{mount} && exec '{}' --exact {test} --ignored", exe.display());
    let output = isolated(&script).env(DISK, disk.path()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("1 passed"), "{text}");
}

fn project_on_the_disk() -> Project {
    Project::on(Path::new(&std::env::var_os(DISK).unwrap()))
}

fn set_notes(engine: &Engine, name: &str, notes: &str) -> engine::Result<common::Task> {
    let request = NotesRequest { notes: notes.to_owned(), expected_notes: None };
    engine.set_notes(&WorkspaceSelector::Current, &task_name(name), &request)
}

fn waiting(engine: &Engine, name: &str) {
    shell_task(engine, name, "until [ -e go ]; do sleep 0.01; done\necho whole\n");
}

fn status(engine: &Engine, name: &str) -> TaskStatus {
    engine.get_task(&WorkspaceSelector::Current, &task_name(name)).unwrap().status
}

#[test]
fn a_full_disk_loses_nothing_and_the_end_is_written_when_space_is_free() {
    on_a_disk_of_its_own("faults::inside_a_full_disk");
}

#[test]
#[ignore = "fills its disk: run by the test above, in a namespace of its own"]
fn inside_a_full_disk() {
    let project = project_on_the_disk();
    let engine = project.shell();
    waiting(&engine, "long");
    shell_task(&engine, "next", "echo next\n");
    engine.run_task(&WorkspaceSelector::Current, &task_name("long")).unwrap();
    wait_until_running(&engine, "long");
    engine.run_task(&WorkspaceSelector::Current, &task_name("next")).unwrap();
    project.write("go.tmp", "");
    let ballast = project.path().join("ballast");
    let mut file = fs::File::create(&ballast).unwrap();
    while file.write_all(&[0; 1024]).is_ok() {}
    drop(file);

    let error = set_notes(&engine, "long", "x").unwrap_err().to_string();
    assert!(error.contains("task_info.json") && error.contains("No space left"), "{error}");
    assert_eq!(status(&engine, "long"), TaskStatus::Running);
    fs::rename(project.path().join("go.tmp"), project.path().join("go")).unwrap();
    // The end cannot be written to the task's file, but all views include it.
    let dir = PathBuf::from(wait_until_done(&engine, "long").dir);
    assert!(in_file(&dir).contains("\"running\""));
    let ended = |task: &common::Task| {
        assert_eq!((task.status, task.exit_codes[0]), (TaskStatus::Completed, Some(0)));
        assert!(!task.finish_times[0].is_empty() && task.durations_s[0].is_some(), "{task:?}");
    };
    ended(&engine.get_task(&WorkspaceSelector::Current, &task_name("long")).unwrap());
    let listed =
        engine.list_tasks(&WorkspaceSelector::Current, &TaskQuery::default()).unwrap().items;
    ended(listed.iter().find(|task| task.name == "long").unwrap());
    ended(&project.shell().get_task(&WorkspaceSelector::Current, &task_name("long")).unwrap());
    let finish_time = listed.iter().find(|task| task.name == "long").unwrap().finish_times.clone();
    assert_eq!(engine.system_metrics().disk.unwrap().state, DiskState::Full);
    wait_task(&engine, "next", "waiting for the disk", |task| {
        let reason = task.wait_reason.as_deref().unwrap_or_default();
        task.status == TaskStatus::Queued && reason.contains("disk")
    });
    fs::remove_file(ballast).unwrap();
    wait("its end to be written", || in_file(&dir).contains("\"completed\""));
    let task = engine.get_task(&WorkspaceSelector::Current, &task_name("long")).unwrap();
    ended(&task);
    assert_eq!(task.finish_times, finish_time, "it ended when it ended");
    assert!(log(&task, 1).contains("finished at"), "{}", log(&task, 1));
    wait("nothing to be left of what was kept", || {
        !dir.join("run_logs/run1.end").exists() && !dir.join("run_logs/run1.reserve").exists()
    });
    assert_eq!(wait_until_done(&engine, "next").status, TaskStatus::Completed);
}

fn in_file(task_dir: &Path) -> String {
    fs::read_to_string(task_dir.join("task_info.json")).unwrap()
}

#[test]
fn how_a_run_ended_on_a_full_disk_is_known_although_its_supervisor_died() {
    on_a_disk_of_its_own("faults::inside_a_full_disk_without_a_supervisor");
}

#[test]
#[ignore = "fills its disk: run by the test above, in a namespace of its own"]
fn inside_a_full_disk_without_a_supervisor() {
    let project = project_on_the_disk();
    let engine = project.shell();
    shell_task(&engine, "a", "until [ -e go ]; do sleep 0.01; done\nexit 3\n");
    engine.run_task(&WorkspaceSelector::Current, &task_name("a")).unwrap();
    let dir = PathBuf::from(wait_until_running(&engine, "a").dir);
    project.write("go.tmp", "");
    let ballast = project.path().join("ballast");
    let mut file = fs::File::create(&ballast).unwrap();
    while file.write_all(&[0; 1024]).is_ok() {}
    drop(file);
    fs::rename(project.path().join("go.tmp"), project.path().join("go")).unwrap();
    let ended = |task: &common::Task| (task.status, task.exit_codes.clone(), task.reasons.clone());
    let wanted = (TaskStatus::Failed, vec![Some(3)], vec!["exit code 3".to_owned()]);
    assert_eq!(ended(&wait_until_done(&engine, "a")), wanted);
    drop(engine);
    let supervisor = fs::read_to_string(dir.join("run_logs/run1.lock")).unwrap();
    let killed = Command::new("kill").args(["-9", supervisor.trim()]).status().unwrap();
    assert!(killed.success());
    let engine = project.shell();
    assert_eq!(
        ended(&engine.get_task(&WorkspaceSelector::Current, &task_name("a")).unwrap()),
        wanted
    );
    fs::remove_file(ballast).unwrap();
    wait("its end to be written", || in_file(&dir).contains("\"failed\""));
    assert_eq!(
        ended(&engine.get_task(&WorkspaceSelector::Current, &task_name("a")).unwrap()),
        wanted
    );
    wait("nothing to be left of what was kept", || !dir.join("run_logs/run1.end").exists());
}

#[test]
fn an_unwritable_folder_is_listed_and_continues_when_writable() {
    on_a_disk_of_its_own("faults::inside_a_read_only_disk");
}

#[test]
#[ignore = "makes its disk read-only: run by the test above, in a namespace of its own"]
fn inside_a_read_only_disk() {
    let project = project_on_the_disk();
    let engine = project.shell();
    shell_task(&engine, "a", "echo hello\n");
    // A file system with files open for writing cannot be remounted read-only, but a second mount can be.
    let disk = std::env::var(DISK).unwrap();
    let sh = |script: &str| {
        let status = Command::new("sh").args(["-ec", script, "sh", &disk]).status().unwrap();
        assert!(status.success(), "{script}");
    };
    // Wait for pending writes.
    sh(r#"mount --bind "$1" "$1"
        for attempt in 1 2 3 4 5 6 7 8 9 10; do
            mount -o remount,bind,ro "$1" && exit
            sleep 0.2
        done
        exit 1"#);
    let error =
        engine.run_task(&WorkspaceSelector::Current, &task_name("a")).unwrap_err().to_string();
    assert!(error.contains("Read-only file system"), "{error}");
    assert_eq!(status(&engine, "a"), TaskStatus::Pending);
    assert_eq!(
        project
            .shell()
            .list_tasks(&WorkspaceSelector::Current, &TaskQuery::default())
            .unwrap()
            .total,
        1
    );
    sh(r#"umount -l "$1""#);
    assert_eq!(run(&engine, "a").status, TaskStatus::Completed);
}

#[test]
fn a_task_whose_folder_vanishes_is_gone_and_others_go_on() {
    let project = Project::new();
    let engine = project.shell();
    waiting(&engine, "gone");
    shell_task(&engine, "other", "echo other\n");
    let dir = engine.get_task(&WorkspaceSelector::Current, &task_name("gone")).unwrap().dir;
    engine.run_task(&WorkspaceSelector::Current, &task_name("gone")).unwrap();
    wait_until_running(&engine, "gone");
    fs::remove_dir_all(dir).unwrap();
    wait("it to be gone", || {
        engine.get_task(&WorkspaceSelector::Current, &task_name("gone")).is_err()
    });
    project.write("go", "");
    assert_eq!(run(&engine, "other").status, TaskStatus::Completed);
    fs::remove_dir_all(project.path().join("_pyruns_")).unwrap();
    wait("all to be gone", || {
        engine
            .list_tasks(&WorkspaceSelector::Current, &TaskQuery::default())
            .is_ok_and(|page| page.total == 0)
    });
}

#[test]
fn a_task_file_that_is_nonsense_is_named_and_comes_back_when_it_is_mended() {
    let project = Project::new();
    let engine = project.shell();
    let task = shell_task(&engine, "a", "echo hello\n");
    let path = Path::new(&task.dir).join("task_info.json");
    let good = fs::read_to_string(&path).unwrap();
    for nonsense in ["", "{\"name\": \"a\", \"sta", "[]", "\u{0}\u{0}"] {
        fs::write(&path, nonsense).unwrap();
        wait("it to be noticed", || {
            engine
                .get_task(&WorkspaceSelector::Current, &task_name("a"))
                .is_ok_and(|task| task.load_error.is_some())
        });
        let error =
            engine.run_task(&WorkspaceSelector::Current, &task_name("a")).unwrap_err().to_string();
        assert!(error.contains("task_info.json"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), nonsense, "it is the user's to mend");
    }
    fs::write(&path, good).unwrap();
    wait("it to be well", || {
        engine
            .get_task(&WorkspaceSelector::Current, &task_name("a"))
            .is_ok_and(|task| task.load_error.is_none())
    });
    assert_eq!(run(&engine, "a").status, TaskStatus::Completed);
}

#[test]
fn the_result_of_a_run_survives_a_task_file_that_was_cut_off_meanwhile() {
    let project = Project::new();
    let engine = project.shell();
    waiting(&engine, "a");
    set_notes(&engine, "a", "keep me").unwrap();
    engine.run_task(&WorkspaceSelector::Current, &task_name("a")).unwrap();
    let dir = wait_until_running(&engine, "a").dir;
    fs::write(Path::new(&dir).join("task_info.json"), "{\"status\": \"runn").unwrap();
    project.write("go", "");
    let mut task = common::Task::default();
    wait("its end", || {
        task = engine.get_task(&WorkspaceSelector::Current, &task_name("a")).unwrap();
        task.status == TaskStatus::Completed
    });
    assert_eq!((task.notes.as_str(), task.exit_codes.len()), ("keep me", 1));
    assert!(log(&task, 1).contains("whole"));
    let kept = fs::read_dir(&dir).unwrap().flatten().map(|item| item.file_name());
    let mut kept = kept.filter(|name| name.to_string_lossy().starts_with("task_info.json.broken"));
    assert!(kept.next().is_some(), "what stood there is kept beside it");
}

#[test]
fn ten_thousand_files_in_a_task_folder_do_no_harm() {
    let project = Project::new();
    let engine = project.shell();
    let task = shell_task(&engine, "full", "echo hello\n");
    for number in 0..10_000 {
        fs::write(Path::new(&task.dir).join(format!("model-{number}.bin")), "").unwrap();
    }
    let task = run(&engine, "full");
    assert_eq!(task.status, TaskStatus::Completed);
    assert!(log(&task, 1).contains("hello"));
    let names = TaskNamesRequest { task_names: vec!["full".to_owned()] };
    assert_eq!(engine.delete_batch(&WorkspaceSelector::Current, &names).unwrap().count, 1);
}
