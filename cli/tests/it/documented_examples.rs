//! Runs every example of `docs/cli.md`, in the order of the page, in one project.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::checkout::root;
use crate::project::{Project, form_tasks};

const SCRIPT: &str = "\
import argparse, pyruns
p = argparse.ArgumentParser()
p.add_argument('--lr', type=float, default=0.1)
p.add_argument('--seed', type=int, default=0)
a = p.parse_args()
pyruns.track(loss=a.lr)
if a.lr > 0.5:
    raise SystemExit('lr is too large')
print('done')
";

/// What the page shows of one command.
#[derive(Debug, Default, PartialEq, Eq)]
struct Example {
    command: String,
    output: Vec<String>,
    status: i32,
}

/// The examples of the blocks that are marked `console`. `echo $?` shows the exit status of the command before.
fn examples(page: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let (mut inside, mut is_status) = (false, false);
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
            is_status = false;
        } else if !inside {
            continue;
        } else if line == "$ echo $?" {
            is_status = true;
        } else if let Some(command) = line.strip_prefix("$ ") {
            is_status = false;
            found.push(Example { command: command.to_owned(), ..Example::default() });
        } else {
            let last = found.last_mut().unwrap();
            match is_status {
                true => last.status = line.parse().unwrap(),
                false => last.output.push(line.to_owned()),
            }
        }
    }
    found
}

/// Whether a line is the shown one, in which `…` stands for any text.
fn is_line(shown: &str, line: &str) -> bool {
    let Some((start, rest)) = shown.split_once('…') else {
        return shown == line;
    };
    let Some(line) = line.strip_prefix(start) else {
        return false;
    };
    let ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    ends.into_iter().any(|at| is_line(rest, &line[at..]))
}

/// Whether the lines are the shown ones; a line `…` stands for any number of lines.
fn are_lines(shown: &[String], lines: &[&str]) -> bool {
    match shown.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first == "…" => {
            (0..=lines.len()).any(|skipped| are_lines(rest, &lines[skipped..]))
        }
        Some((first, rest)) => lines
            .split_first()
            .is_some_and(|(line, others)| is_line(first, line) && are_lines(rest, others)),
    }
}

fn run(project: &Path, example: &Example) {
    let folder = Path::new(env!("CARGO_BIN_EXE_pyr")).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.args(["-c", &example.command]).current_dir(project).env("PATH", path);
    let output = shell.stdin(Stdio::null()).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).unwrap();
    assert_eq!(output.status.code(), Some(example.status), "{}: {text}", example.command);
    let lines: Vec<&str> = text.lines().collect();
    let is_shown = example.output.is_empty() || are_lines(&example.output, &lines);
    assert!(is_shown, "{}\nthe page shows {:#?}\nprinted: {text}", example.command, example.output);
}

#[test]
fn the_examples_of_the_command_line_print_what_the_page_shows() {
    let project = Project::new();
    let engine = project.script("train.py", SCRIPT);
    form_tasks(&engine, "sweep", "lr: 0.1 | 1.0\nseed: 1 | 2\n");
    // The engine would run the queue in place of the commands.
    drop(engine);
    let page = fs::read_to_string(root().join("docs/cli.md")).unwrap();
    let examples = examples(&page);
    assert!(examples.len() > 20, "only {} examples were found", examples.len());
    examples.iter().for_each(|example| run(&project.path(), example));
    // A background queue may still be about to end; it must not write into a deleted folder.
    let deadline = Instant::now() + Duration::from_secs(60);
    while engine::queue_is_served(&project.path().join("_pyruns_")).unwrap() {
        assert!(Instant::now() < deadline, "the background queue does not end");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn an_ellipsis_stands_for_any_text() {
    let shown = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect::<Vec<_>>();
    assert!(are_lines(&shown(&["a…c", "…"]), &["abbc", "x", "y"]));
    assert!(are_lines(&shown(&["…", "end"]), &["x", "end"]));
    assert!(!are_lines(&shown(&["…", "end"]), &["x", "end", "y"]));
    assert!(!is_line("a…c", "abd"));
    let page = "```console\n$ pyr x\nout\n$ echo $?\n3\n```\n```sh\npyr y\n```\n";
    let example = Example { command: "pyr x".into(), output: vec!["out".into()], status: 3 };
    assert_eq!(examples(page), [example]);
}
