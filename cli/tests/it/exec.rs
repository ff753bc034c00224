//! `pyr exec`: output, exit code and records of commands.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use crate::project::{Project, wait};
use crate::pyr::{command, ended, json, pyr, refused, said};

fn shell_script(project: &Project, name: &str) -> String {
    let path = project.path().join("_pyruns_/_shell_/tasks").join(name).join("config.sh");
    fs::read_to_string(path).unwrap()
}

#[test]
fn exec_passes_output_and_exit_code_through() {
    let project = Project::new();
    let words = ["a b", "it's", "$HOME", "*", "--flag=x"];
    let output =
        pyr(&project, &[&["exec", "-n", "words", "--", "printf", "%s\\n"][..], &words].concat());
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), words.join("\n") + "\n");
    assert_eq!(
        shell_script(&project, "words"),
        "printf '%s\\n' 'a b' 'it'\\''s' '$HOME' '*' --flag=x"
    );

    let red = pyr(&project, &["exec", "-n", "red", "-c", "printf '\\033[31mred\\033[0m'; exit 7"]);
    assert_eq!((red.status.code(), &*red.stderr), (Some(7), &b""[..]));
    assert_eq!(red.stdout, b"\x1b[31mred\x1b[0m\n");
    let task = json(&project, &["-w", "shell", "show", "red", "--json"]);
    assert_eq!((&task["status"], &task["exit_codes"]), (&"failed".into(), &[7].as_slice().into()));
}

#[test]
fn exec_runs_standard_input_in_the_current_folder() {
    let project = Project::new();
    said(&project, &["init"]);
    let below = project.path().join("a folder");
    fs::create_dir(&below).unwrap();
    let mut command = command(&project, &["exec", "--stdin", "--tag", "piped", "--notes", "n"]);
    let mut child = command.current_dir(&below).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"pwd\ntest -t 1 && echo terminal\n").unwrap();
    let output = ended(child);
    assert!(output.status.success(), "{output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(printed, format!("{}\nterminal\n", below.display()));
    let list = json(&project, &["-w", "shell", "status", "--json"]);
    assert_eq!(list["queue"]["queued"], 0, "{list}");
}

#[test]
fn exec_records_the_same_program_many_times() {
    let project = Project::new();
    for _ in 0..4 {
        said(&project, &["exec", "--", "true"]);
    }
    let tasks = fs::read_dir(project.path().join("_pyruns_/_shell_/tasks")).unwrap();
    let names = tasks.map(|item| item.unwrap().file_name().into_string().unwrap());
    assert_eq!(names.filter(|name| name.starts_with("true")).count(), 4);
}

#[test]
fn exec_refuses_wrong_arguments() {
    let project = Project::new();
    for (arguments, status) in [
        (&["exec"][..], 2),
        (&["exec", "-c", "ls", "--", "ls"], 2),
        (&["exec", "--stdin", "-c", "ls"], 2),
        (&["-w", "train", "exec", "-c", "ls"], 2),
    ] {
        assert_eq!(refused(&project, arguments).0, status, "{arguments:?}");
    }
    assert!(!project.path().join("_pyruns_").exists());
    said(&project, &["exec", "-n", "one", "-c", "true"]);
    assert!(refused(&project, &["exec", "-n", "one", "-c", "true"]).1.contains("already exists"));
    // A command that does not exist ends as in a shell.
    let output = pyr(&project, &["exec", "--", "no-such-program"]);
    assert_eq!(output.status.code(), Some(127));
    assert!(String::from_utf8_lossy(&output.stdout).contains("no-such-program"));
}

#[test]
fn an_interrupt_cancels_the_command_of_exec() {
    let project = Project::new();
    let child =
        command(&project, &["exec", "-n", "long", "-c", "touch begun; sleep 600"]).spawn().unwrap();
    wait("the start of the command", || project.path().join("begun").exists());
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let output = ended(child);
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(output.stderr, b"pyr: long was cancelled.\n");
    let task = json(&project, &["-w", "shell", "show", "long", "--json"]);
    assert_eq!(task["status"], "cancelled");
}
