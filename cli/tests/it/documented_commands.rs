//! Runs what the manual tells its readers to type: every `pyr …` command of the READMEs and of docs/, and the
//! Python example of the README.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use common::TaskStatus;
use engine::WorkspaceSelector;

use crate::checkout::root;
use crate::project::{Project, form_tasks, wait_until_done};

/// The files that users read.
fn documents() -> Vec<(String, String)> {
    let mut paths = vec![root().join("README.md"), root().join("README.zh-CN.md")];
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|item| item.unwrap().path());
    paths.extend(docs.filter(|path| path.extension().is_some_and(|end| end == "md")));
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// The code of a document: lines of blocks without comments, and texts in backquotes.
fn code(document: &str) -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in document.lines() {
        if line.trim_start().starts_with("```") {
            inside = !inside;
        } else if inside {
            found.push(line.split(" #").next().unwrap_or_default().to_owned());
        } else {
            found.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found
}

/// The words of a command line: quotes keep blanks, other signs of the shell end the command.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for letter in line.chars() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, ')' | '|' | ';' | '&' | '>') => break,
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

/// The arguments of every command `pyr` in the manual, with its document.
fn commands() -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for (name, text) in documents() {
        for line in code(&text) {
            // After an assignment (`RUST_LOG=info pyr`) or in a substitution (`$(pyr token)`) too.
            let starts = line.match_indices("pyr").filter(|(at, _)| {
                let before = line[..*at].chars().next_back();
                let after = line[at + 3..].chars().next();
                matches!(before, None | Some(' ' | '(')) && matches!(after, None | Some(' ' | ')'))
            });
            for (at, _) in starts {
                let arguments = words(&line[at + 3..]);
                // `pyr …` stands for any of them, and `--peer PATH/pyr` is another program.
                if !arguments.iter().any(|word| word == "…") {
                    found.push((name.clone(), arguments));
                }
            }
        }
    }
    found
}

/// A project with what the examples name.
fn project() -> Project {
    let project = Project::new();
    let script = "import argparse\nimport pyruns\np = argparse.ArgumentParser()\np.add_argument('--lr', type=float, \
        default=0.1)\na = p.parse_args()\npyruns.track(loss=a.lr)\npyruns.record(acc=a.lr)\n";
    let engine = project.script("train.py", script);
    project.write("config.yaml", "lr: 0.2\n");
    form_tasks(&engine, "t", "lr: 0.1");
    engine.run_task(&WorkspaceSelector::Current, &test_support::task_name("t")).unwrap();
    assert_eq!(wait_until_done(&engine, "t").status, TaskStatus::Completed);
    project
}

fn pyr(project: &Project, arguments: &[String]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyr"));
    command.current_dir(project.path()).args(arguments);
    command
}

/// Whether a command ends by itself. Of the verbs on tasks, `documented_examples` runs the examples.
fn ends(arguments: &[String]) -> bool {
    let verbs = ["list", "token", "disk", "--help", "--version", "-h", "-V"];
    let is_alone = verb(arguments) == "ui" || verbs.contains(&verb(arguments).as_str());
    is_alone && arguments.iter().any(|word| verbs.contains(&word.as_str()))
}

/// The verbs that the binary lists, with their aliases.
fn verbs() -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_pyr")).arg("--help").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    let first = |line: &str| line.split_whitespace().next().map(str::to_owned);
    let aliases =
        |line: &str| Some(line.split("[aliases: ").nth(1)?.trim_end_matches(']').to_owned());
    lines.flat_map(|line| [first(line), aliases(line)]).flatten().collect()
}

/// The verb of a command: the first word after the global options that is one, else `ui`.
fn verb(arguments: &[String]) -> String {
    static VERBS: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(verbs);
    let mut words = arguments.iter().map(String::as_str).peekable();
    while words.next_if(|word| ["-C", "-w"].contains(word)).is_some() {
        words.next();
    }
    let first = words.next().unwrap_or_default();
    let known = VERBS.iter().any(|verb| verb == first);
    if known { first.to_owned() } else { "ui".to_owned() }
}

#[test]
fn the_commands_of_the_manual_that_end_succeed() {
    let project = project();
    let mut ran = 0;
    for (document, arguments) in commands() {
        if ends(&arguments) {
            let output = pyr(&project, &arguments).output().unwrap();
            let text = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{document}: pyr {arguments:?}: {text}");
            ran += 1;
        }
    }
    assert!(ran > 8, "only {ran} commands were found");
}

/// Starts a command on a free port, and stops it when it serves.
fn serve(project: &Project, document: &str, arguments: &[String]) {
    let mut arguments = arguments.to_vec();
    match arguments.iter().position(|word| word == "-p" || word == "--port") {
        Some(at) => "0".clone_into(&mut arguments[at + 1]),
        None => arguments.extend(["-p".to_owned(), "0".to_owned()]),
    }
    if !arguments.iter().any(|word| word == "--no-browser") {
        arguments.push("--no-browser".to_owned());
    }
    let mut command = pyr(project, &arguments);
    let mut server = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let serves = lines.map_while(Result::ok).any(|line| line.contains("Pyruns serves "));
    server.kill().unwrap();
    let output = server.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(serves, "{document}: pyr {arguments:?}: {text}");
}

#[test]
fn the_commands_of_the_manual_that_serve_start() {
    let project = project();
    // What stands for a path of the reader's own.
    let own = |word: &String| word.replace("path/to/", "");
    let mut seen = std::collections::BTreeSet::new();
    for (document, arguments) in commands() {
        let arguments: Vec<String> = arguments.iter().map(own).collect();
        // A certificate is needed for these; the names of the options are checked all the same.
        let needs_files = arguments.iter().any(|word| word.starts_with("--tls"));
        let is_new = seen.insert(arguments.clone());
        if is_new && verb(&arguments) == "ui" && !ends(&arguments) && !needs_files {
            serve(&project, &document, &arguments);
        }
    }
    assert!(seen.len() > 8, "only {seen:?} were found");
}

#[test]
fn the_options_of_the_manual_exist() {
    let project = Project::new();
    let help = |verb: &str| {
        let output = pyr(&project, &[verb.to_owned(), "--help".to_owned()]).output().unwrap();
        assert!(output.status.success(), "pyr {verb} --help");
        String::from_utf8(output.stdout).unwrap()
    };
    for (document, arguments) in commands() {
        let help = help(&verb(&arguments));
        let known: Vec<&str> =
            help.split(|sign: char| sign.is_whitespace() || ",=[".contains(sign)).collect();
        for word in arguments.iter().filter(|word| word.starts_with('-')) {
            let option = word.split('=').next().unwrap_or_default();
            // `-` alone is standard input.
            let is_of_pyr = ["--version", "-V", "--help", "-h", "-"].contains(&option);
            // `-acc` is the value of `--sort`.
            let is_value = arguments.windows(2).any(|pair| pair[0] == "--sort" && pair[1] == *word);
            assert!(
                is_of_pyr || is_value || known.contains(&option),
                "{document}: pyr {arguments:?}: no option {option}"
            );
        }
    }
}

#[test]
fn the_python_example_of_both_readmes_runs_and_records() {
    for (name, text) in documents().into_iter().filter(|(name, _)| name.starts_with("README")) {
        let example = text.split("```python\n").nth(1).unwrap().split("```").next().unwrap();
        // What the example leaves to the reader.
        let around = "epochs, best = 3, 0.9\ndef train_one_epoch():\n    return 0.5, 0.9\n\n";
        let project = Project::new();
        let engine = project.script("train.py", &format!("{around}{example}"));
        form_tasks(&engine, "t", "lr: 0.1");
        engine.run_task(&WorkspaceSelector::Current, &test_support::task_name("t")).unwrap();
        let task = wait_until_done(&engine, "t");
        assert_eq!(task.status, TaskStatus::Completed, "{name}: {:?}", task.failure_summary);
        assert_eq!(task.records[0]["best_acc"], 0.9, "{name}");
        assert_eq!(task.tracks[0]["loss"].as_array().unwrap().len(), 3, "{name}");
    }
}
