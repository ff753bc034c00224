//! Provenance records of runs, and restoring their inputs.

use std::fs;
use std::path::Path;
use std::process::Command;

use common::TaskStatus;
use common::provenance::{Provenance, RestoreInputsRequest};
use engine::{Engine, WorkspaceSelector};

use crate::project::{Project, form_tasks, log, run, shell_task, task_name};

const SCRIPT: &str = "\
import argparse, sys
import helper
p = argparse.ArgumentParser()
p.add_argument('--lr', type=float, default=0.1)
print('result', helper.VALUE, p.parse_args().lr)
";

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=trunk"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn noted(engine: &Engine, name: &str) -> Provenance {
    engine.provenance(&WorkspaceSelector::Current, &task_name(name), None).unwrap()
}

fn restore(to: &str) -> RestoreInputsRequest {
    RestoreInputsRequest { run_index: None, to: to.to_owned() }
}

#[test]
fn a_run_in_a_repository_can_be_had_again_exactly() {
    let project = Project::new();
    let root = project.path();
    git(&root, &["init"]);
    project.write("helper.py", "VALUE = 'committed'\n");
    project.write("train.py", SCRIPT);
    project.write(".gitignore", "__pycache__\n");
    git(&root, &["add", "."]);
    git(&root, &["commit", "-m", "first"]);
    let commit = git(&root, &["rev-parse", "HEAD"]);
    project.write("helper.py", "from more import VALUE\n");
    project.write("more.py", "VALUE = 'not yet committed'\n");

    let engine = project.script("train.py", SCRIPT);
    form_tasks(&engine, "t", "lr: 0.25\n");
    let task = run(&engine, "t");
    assert!(log(&task, 1).contains("result not yet committed 0.25"), "{}", log(&task, 1));
    let note = noted(&engine, "t");
    assert_eq!(note.gaps, [""; 0]);
    let state = note.git.clone().unwrap();
    assert_eq!((state.commit, state.branch.as_str(), state.dirty), (commit, "trunk", true));
    let untracked: Vec<_> = state.untracked.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(untracked, ["more.py"], "and nothing of _pyruns_");
    assert_eq!(note.script.as_ref().unwrap().path, "train.py");
    let python = note.python.clone().unwrap();
    assert!(python.version.starts_with("3.") && python.packages.bytes > 0);
    assert!(!note.hostname.is_empty() && note.command[1].ends_with("train.py"));

    // All files are changed, and the commit is not on any branch.
    project.write("helper.py", "VALUE = 'later'\n");
    fs::remove_file(root.join("more.py")).unwrap();
    git(&root, &["commit", "-a", "--amend", "-m", "other"]);
    let restored = engine
        .restore_inputs(&WorkspaceSelector::Current, &task_name("t"), &restore("again"))
        .unwrap();
    assert_eq!(restored.gaps, [""; 0]);
    let read = |path: &str| fs::read_to_string(root.join("again").join(path)).unwrap();
    assert_eq!(read("helper.py"), "from more import VALUE\n");
    assert_eq!(read("more.py"), "VALUE = 'not yet committed'\n");
    assert_eq!(read(".pyruns-inputs/config.yaml").trim(), "lr: 0.25");
    let output = Command::new("sh").arg(root.join("again/.pyruns-inputs/run.sh")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "result not yet committed 0.25\n");
    assert_eq!(
        git(&root, &["status", "--porcelain", "--untracked-files=no"]),
        "",
        "repository untouched"
    );
    let error = engine
        .restore_inputs(&WorkspaceSelector::Current, &task_name("t"), &restore("again"))
        .unwrap_err();
    assert!(error.to_string().contains("already exists"), "{error}");
}

#[test]
fn outside_of_git_the_script_is_stored() {
    let project = Project::new();
    project.write("helper.py", "VALUE = 1\n");
    let engine = project.script("train.py", SCRIPT);
    form_tasks(&engine, "t", "lr: 0.5\n");
    assert_eq!(run(&engine, "t").status, TaskStatus::Completed);
    project.write("train.py", "print('another')\n");
    let note = noted(&engine, "t");
    assert!(note.git.is_none() && note.gaps.is_empty(), "{:?}", note.gaps);
    let restored = engine
        .restore_inputs(&WorkspaceSelector::Current, &task_name("t"), &restore("again"))
        .unwrap();
    assert_eq!(restored.gaps, ["outside of git only the script itself is kept"]);
    assert_eq!(fs::read_to_string(project.path().join("again/train.py")).unwrap(), SCRIPT);
    let elsewhere = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), project.path().join("link")).unwrap();
    for outside in ["../again", "a/../../b", "link/again", "/tmp/again-elsewhere"] {
        let refused = engine
            .restore_inputs(&WorkspaceSelector::Current, &task_name("t"), &restore(outside))
            .unwrap_err();
        assert!(refused.to_string().contains("not inside"), "{outside}: {refused}");
    }
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn a_shell_run_stores_its_script() {
    let project = Project::new();
    git(&project.path(), &["init"]);
    let engine = project.shell();
    shell_task(&engine, "t", "echo hello\n");
    run(&engine, "t");
    let note = noted(&engine, "t");
    assert_eq!(note.git.unwrap().commit, "", "a repository without a commit");
    assert_eq!((note.config.path.as_str(), note.config.bytes), ("config.sh", 11));
    assert!(note.python.is_none());
    let restored = engine
        .restore_inputs(&WorkspaceSelector::Current, &task_name("t"), &restore("again"))
        .unwrap();
    let script = project.path().join("again/.pyruns-inputs/run.sh");
    let output = Command::new("sh").arg(script).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "hello\n", "{restored:?}");
}

#[test]
fn unsubscribed_clients_get_no_event() {
    let project = Project::new();
    let engine = project.shell();
    let settings = [("save_provenance".to_owned(), false.into())].into_iter().collect();
    engine.update_settings(&WorkspaceSelector::Current, &settings).unwrap();
    shell_task(&engine, "t", "true\n");
    run(&engine, "t");
    let error = engine.provenance(&WorkspaceSelector::Current, &task_name("t"), None).unwrap_err();
    assert_eq!(error.to_string(), "No provenance of run 1 of 't'");
    assert!(!project.path().join("_pyruns_/.provenance").exists());
}

#[test]
fn a_secret_option_of_the_command_is_masked_in_the_provenance_record_and_the_error_log() {
    let project = Project::new();
    let script = "import argparse\np = argparse.ArgumentParser()\np.add_argument('--api-key', default='none')\n\
        p.add_argument('--max-tokens', type=int, default=1)\nraise SystemExit(len(p.parse_args().api_key))\n";
    let engine = project.script("train.py", script);
    form_tasks(&engine, "t", "api_key: hunter2-s3cret\nmax_tokens: 512\n");
    let task = run(&engine, "t");
    assert_eq!(task.exit_codes, [Some(14)], "the run has the value");
    let logs = Path::new(&task.dir).join("run_logs");
    for file in ["run1.provenance.json", "error.log"] {
        let text = fs::read_to_string(logs.join(file)).unwrap();
        assert!(!text.contains("hunter2"), "{file}: {text}");
        assert!(text.contains("512") && text.contains(common::secret::MASK), "{file}: {text}");
    }
    let command = noted(&engine, "t").command;
    let at = command.iter().position(|word| word == "--api-key").unwrap();
    assert!(command[at + 1].starts_with(common::secret::MASK), "{command:?}");

    let to = project.path().join("again");
    engine
        .restore_inputs(
            &WorkspaceSelector::Current,
            &task_name("t"),
            &restore(&to.to_string_lossy()),
        )
        .unwrap();
    let script = fs::read_to_string(to.join(".pyruns-inputs/run.sh")).unwrap();
    assert!(script.contains("write them in place of the masks"), "{script}");
}
