//! Access of other users to the files of a project: none, regardless of the umask, or read access if the project is
//! shared with the group.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use common::TaskStatus;
use common::task::{NotesRequest, TaskNamesRequest};
use engine::{Engine, WorkspaceSelector};
use serde_json::{Map, json};

use crate::project::{
    Project, form_tasks, run, shell_task, wait, wait_until_done, wait_until_running,
};

/// A user id without an account.
const SOMEBODY: u32 = 54_321;
/// The variable that marks the test in the other process, with its umask.
const INNER: &str = "PYRUNS_TEST_UMASK";

const SCRIPT: &str = "\
import argparse, pyruns
p = argparse.ArgumentParser()
p.add_argument('--lr', type=float, default=0.1)
args = p.parse_args()
for step in range(3):
    pyruns.track(loss=args.lr * step)
pyruns.record(best=1)
open(pyruns.artifact_dir() + '/model.pt', 'w').write('weights')
raise SystemExit(3 if args.lr > 1 else 0)
";

/// Runs one of the ignored tests below in a separate process, because the umask is process-wide. Requires root to
/// switch the user; otherwise prints a message.
#[expect(clippy::print_stderr, reason = "a skipped check must be visible")]
fn with_umask(umask: &str, test: &str) {
    if !rustix::process::geteuid().is_root() {
        eprintln!("skipped: only root can try what another user can do");
        return;
    }
    let exe = std::env::current_exe().unwrap();
    let script = format!("umask {umask}; exec '{}' --exact {test} --ignored", exe.display());
    let output = Command::new("sh").args(["-c", &script]).env(INNER, umask).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("1 passed"), "{text}");
}

/// A project in a folder that all users may enter.
fn open_to_all() -> Project {
    let project = Project::new();
    fs::set_permissions(project.path(), fs::Permissions::from_mode(0o755)).unwrap();
    project
}

fn settings(engine: &Engine, key: &str, value: serde_json::Value) {
    let patch: Map<_, _> = [(key.to_owned(), value)].into_iter().collect();
    engine.update_settings(&WorkspaceSelector::Current, &patch).unwrap();
}

/// Creates every kind of file.
fn work(project: &Project) -> Engine {
    let engine = project.script("train.py", SCRIPT);
    engine.token().unwrap();
    settings(&engine, "global_env", json!({"WANDB_API_KEY": "s3cret"}));
    form_tasks(&engine, "sweep", "lr: 0.1 | 2.0\n");
    assert_eq!(run(&engine, "sweep_1-of-2").status, TaskStatus::Completed);
    assert_eq!(run(&engine, "sweep_2-of-2").status, TaskStatus::Failed);
    engine.open_shell().unwrap();
    shell_task(&engine, "long", "echo hello\nsleep 60\n");
    engine.run_task(&WorkspaceSelector::Current, &test_support::task_name("long")).unwrap();
    wait_until_running(&engine, "long");
    engine.cancel_task(&WorkspaceSelector::Current, &test_support::task_name("long")).unwrap();
    assert_eq!(wait_until_done(&engine, "long").status, TaskStatus::Cancelled);
    shell_task(&engine, "gone", "true\n");
    let names = TaskNamesRequest { task_names: vec!["gone".to_owned()] };
    engine.delete_batch(&WorkspaceSelector::Current, &names).unwrap();
    engine
}

/// All paths in a folder, the folder itself first, without the contents of `artifacts`.
fn all_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    let mut next = 0;
    while next < found.len() {
        let path = found[next].clone();
        next += 1;
        let meta = fs::symlink_metadata(&path).unwrap();
        if meta.is_dir() && !path.ends_with("artifacts") {
            found.extend(fs::read_dir(&path).unwrap().map(|item| item.unwrap().path()));
        }
    }
    found
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().mode() & 0o777
}

/// The paths to which other users than the owner have any access.
fn open_paths(paths: &[PathBuf]) -> Vec<String> {
    let open = paths.iter().filter(|path| mode(path) & 0o077 != 0);
    open.map(|path| format!("{:o} {}", mode(path), path.display())).collect()
}

fn as_other_user(gid: u32, script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]).uid(SOMEBODY).gid(gid).current_dir("/");
    command
}

/// What another user can do with each path: open it for reading or writing, which would allow to lock it, or replace it
/// by a link.
fn managed(gid: u32, paths: &[PathBuf]) -> String {
    const TRY: &str = r#"while IFS= read -r path; do
        [ -d "$path" ] && ls "$path" >/dev/null 2>&1 && echo "list $path"
        [ -d "$path" ] && (: >"$path/.new") 2>/dev/null && echo "create in $path"
        [ -p "$path" ] || { (exec 9<"$path") 2>/dev/null && [ ! -d "$path" ] && echo "read $path"; }
        [ -d "$path" ] || { (exec 9>>"$path") 2>/dev/null && echo "write $path"; }
        ln -sfn /etc/hostname "$path" 2>/dev/null && echo "replace $path"
    done; exit 0"#;
    let mut child =
        as_other_user(gid, TRY).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let listed: String = paths.iter().map(|path| format!("{}\n", path.display())).collect();
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(listed.as_bytes()).unwrap());
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
    })
}

#[test]
fn with_a_usual_umask_another_user_gets_nothing() {
    with_umask("022", "other_user::inside_nothing_is_open");
}

#[test]
fn with_an_umask_that_forbids_nothing_another_user_gets_nothing() {
    with_umask("000", "other_user::inside_nothing_is_open");
}

#[test]
#[ignore = "run by the tests above, with an umask of its own"]
fn inside_nothing_is_open() {
    let project = open_to_all();
    let engine = work(&project);
    drop(engine);
    let pyruns = project.path().join("_pyruns_");
    let paths = all_below(&pyruns);
    let is_there = |name: &str| paths.iter().any(|path| path.ends_with(name));
    for name in [
        ".token",
        ".scheduler.lock",
        "_pyruns_settings.yaml",
        "run1.log",
        "run1.lock",
        ".create.lock",
        "run1.journal.jsonl",
        "run1.provenance.json",
        "error.log",
        "run1.cancel",
        "task_info.json",
        "config.yaml",
        "config.sh",
        "batches/sweep_of-2.json",
        ".provenance/.key",
        "artifacts",
        "script_info.json",
        ".trash/gone",
        "run1.times.jsonl",
    ] {
        assert!(is_there(name), "{name} is not among {paths:#?}");
    }
    assert_eq!(open_paths(&paths), [""; 0]);
    assert!(managed(SOMEBODY, &[project.path()]).contains("list"), "he gets as far as the project");
    assert_eq!(managed(SOMEBODY, &paths), "");
    // The owner opens the folders, but each file has its own permissions.
    for folder in paths.iter().filter(|path| path.is_dir()) {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let managed = managed(SOMEBODY, &paths);
    let beyond: Vec<_> = managed.lines().filter(|line| !line.starts_with("list ")).collect();
    assert_eq!(beyond, [""; 0]);
}

#[test]
fn permissions_of_an_earlier_version_are_corrected_on_open() {
    with_umask("022", "other_user::inside_an_open_project");
}

#[test]
#[ignore = "run by the test above, with an umask of its own"]
fn inside_an_open_project() {
    let project = open_to_all();
    drop(work(&project));
    let pyruns = project.path().join("_pyruns_");
    let outside = project.write("outside", "not ours to change");
    fs::set_permissions(&outside, fs::Permissions::from_mode(0o644)).unwrap();
    let open = Command::new("chmod").args(["-R", "a+rwX"]).arg(&pyruns).status().unwrap();
    assert!(open.success());
    let theirs = pyruns.join("train/tasks/sweep_1-of-2/theirs");
    fs::write(&theirs, "").unwrap();
    fs::set_permissions(&theirs, fs::Permissions::from_mode(0o644)).unwrap();
    std::os::unix::fs::chown(&theirs, Some(SOMEBODY), None).unwrap();
    symlink(&outside, pyruns.join("train/tasks/sweep_1-of-2/link")).unwrap();
    assert!(managed(SOMEBODY, &[pyruns.join(".scheduler.lock")]).contains("read"));
    assert!(pyruns.join(".scheduler.lock").is_symlink());

    let engine = project.shell();
    assert_eq!(managed(SOMEBODY, &all_below(&pyruns)), "", "closed by the folder above all");
    shell_task(&engine, "goes", "true\n");
    assert_eq!(run(&engine, "goes").status, TaskStatus::Completed, "in spite of the link");
    let left = || -> Vec<PathBuf> {
        let is_other = |path: &PathBuf| *path == theirs || path.is_symlink();
        all_below(&pyruns).into_iter().filter(|path| !is_other(path)).collect()
    };
    wait("all to be closed", || open_paths(&left()).is_empty());
    assert_eq!((mode(&outside), mode(&theirs)), (0o644, 0o644));
    drop(engine);
}

/// Another user who locks a file.
struct Holder(Child);

impl Holder {
    fn of(path: &Path, gid: u32) -> Self {
        let script =
            format!("exec 9<'{}' && flock 9 && echo held && exec sleep 120", path.display());
        let mut child = as_other_user(gid, &script).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "held\n", "{}", path.display());
        Self(child)
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[test]
fn the_group_of_a_shared_project_reads_and_cannot_hold_it_up() {
    with_umask("022", "other_user::inside_a_shared_project");
}

#[test]
#[ignore = "run by the test above, with an umask of its own"]
fn inside_a_shared_project() {
    let project = open_to_all();
    let engine = work(&project);
    settings(&engine, "shared", json!(true));
    let pyruns = project.path().join("_pyruns_");
    let group = fs::metadata(&pyruns).unwrap().gid();
    let old = pyruns.join("_shell_/tasks/long");
    wait("what is there to be shared", || mode(&pyruns.join("_shell_/tasks")) == 0o750);
    shell_task(&engine, "new", "echo hello\n");
    assert_eq!(run(&engine, "new").status, TaskStatus::Completed);
    let new = pyruns.join("_shell_/tasks/new");

    let paths = all_below(&pyruns);
    let managed = managed(group, &paths);
    for wanted in [old.join("task_info.json"), old.join("run_logs/run1.log"), new.join("config.sh")]
    {
        assert!(managed.contains(&format!("read {}\n", wanted.display())), "{managed}");
    }
    for line in managed.lines() {
        let (did, path) = line.split_once(' ').unwrap();
        assert!(matches!(did, "read" | "list"), "{line}");
        assert!(!path.ends_with(".lock") && !path.ends_with(".token"), "{line}");
    }
    let others = self::managed(SOMEBODY, &paths);
    assert_eq!(others, "", "who is not of the group gets nothing");

    let pyr = project.path().join("pyr");
    fs::copy(env!("CARGO_BIN_EXE_pyr"), &pyr).unwrap();
    let ask = |arguments: &str| {
        let script = format!("cd '{}' && HOME=/ ./pyr {arguments} 2>&1", project.path().display());
        let output = as_other_user(group, &script).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let listed = ask("list shell");
    assert!(listed.contains("long") && listed.contains("cancelled"), "{listed}");
    let refused = ask("ui shell --no-browser");
    assert!(refused.contains("belongs to root") && refused.contains("pyr list"), "{refused}");

    // A lock of a reader does not block the owner.
    let holder = Holder::of(&new.join("task_info.json"), group);
    let request = NotesRequest { notes: "changed".into(), expected_notes: None };
    engine
        .set_notes(&WorkspaceSelector::Current, &test_support::task_name("new"), &request)
        .unwrap();
    drop(holder);
    let _holder = Holder::of(&new.join("task_info.json"), group);
    assert_eq!(run(&engine, "new").status, TaskStatus::Completed);

    settings(&engine, "shared", json!(false));
    wait("all to be closed", || open_paths(&all_below(&pyruns)).is_empty());
}

#[test]
fn permissions_of_an_external_workspace_are_corrected_but_not_of_its_siblings() {
    let project = Project::new();
    drop(work(&project));
    let home = project.path().join("home");
    fs::create_dir(&home).unwrap();
    let moved = home.join("moved");
    fs::rename(project.path().join("_pyruns_/train"), &moved).unwrap();
    let beside = home.join("beside");
    fs::create_dir(&beside).unwrap();
    fs::write(beside.join("file"), "").unwrap();
    // Any folder may have a subfolder `tasks`.
    let other = home.join("other");
    fs::create_dir_all(other.join("tasks")).unwrap();
    fs::write(other.join("tasks/notes.txt"), "").unwrap();
    let open = Command::new("chmod").args(["-R", "a+rX"]).arg(&home).status().unwrap();
    assert!(open.success());

    let engine = project.engine();
    engine.open_run_root(&other.to_string_lossy()).unwrap();
    engine.open_run_root(&moved.to_string_lossy()).unwrap();
    wait("the workspace to be closed", || open_paths(&all_below(&moved)).is_empty());
    let untouched = [&home, &beside, &beside.join("file"), &other.join("tasks")].map(|it| mode(it));
    assert_eq!(untouched, [0o755, 0o755, 0o644, 0o755]);
    assert_eq!(mode(&other.join("tasks/notes.txt")), 0o644);
}
