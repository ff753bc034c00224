//! Fuzz tests of the readers of files: task files, journals and logs.

use common::log::LogQuery;

use crate::engine::{Engine, Options, WorkspaceSelector};
use metrics::fold_so_far;
use store::task::{Run, TaskDir, TaskInfo};
use supervisor::gpu::gpus_of_this_machine;

#[path = "../../../fuzz/harness.rs"]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::print_stdout,
    reason = "it throws dice"
)]
mod harness;

use harness::fuzz;

#[test]
fn task_info() {
    let tokens = [
        "\"runs\"",
        "\"status\":",
        "\"running\"",
        "[",
        "]",
        "{",
        "}",
        ",",
        "null",
        "1e999",
        "-1",
        "NaN",
        "\"start_times\":",
        "\"tracks\":",
        "\"records\":",
        "\"pids\":",
        "\"options\":",
        "\"\\ud800\"",
    ];
    fuzz("task_info", &tokens, |input| {
        let text = String::from_utf8_lossy(input);
        let Ok(info) = TaskInfo::parse(&text) else { return };
        let written = info.to_text();
        let again = TaskInfo::parse(&written)
            .unwrap_or_else(|error| panic!("{error}: {written:?} of {text:?}"));
        assert_eq!(again.to_text(), written, "of {text:?}");
        assert_eq!(again.runs.len(), info.runs.len());
    });
}

#[test]
fn journal() {
    let tokens = [
        "{\"t\":1,\"track\":{",
        "}}\n",
        "\n",
        "\"record\":",
        "\"loss\":",
        "NaN",
        "1e400",
        "null",
        ",",
        "[1]",
        "\"step\":1",
        "\\u0000",
        "\0",
    ];
    let temp = tempfile::tempdir().unwrap();
    let dir = TaskDir::at(&temp.path().join("t")).unwrap();
    std::fs::create_dir(dir.path()).unwrap();
    std::fs::create_dir(dir.run_logs()).unwrap();
    fuzz("journal", &tokens, |input| {
        std::fs::write(dir.journal(1), input).unwrap();
        let mut run = Run::default();
        let fold = |run: &mut Run| {
            fold_so_far(&dir, 1).unwrap().unwrap().apply_to(run, "run1.journal.jsonl");
        };
        fold(&mut run);
        let once = run.clone();
        fold(&mut run);
        assert_eq!(run, once, "folding twice changes nothing");
    });
}

#[test]
fn log() {
    let tokens = ["\n", "\r\n", "\u{1f680}", "训", "\0", "\x1b[31m", "a long line without an end "];
    let dir = tempfile::tempdir().unwrap();
    let options = Options {
        project_dir: dir.path().to_owned(),
        pyr_executable: "/bin/true".into(),
        gpus: gpus_of_this_machine(),
    };
    let name = common::TaskName::new("a").unwrap();
    let task = dir.path().join("_pyruns_/_shell_/tasks/a");
    std::fs::create_dir_all(task.join("run_logs")).unwrap();
    std::fs::write(task.join("task_info.json"), r#"{"status": "completed"}"#).unwrap();
    std::fs::write(task.join("config.sh"), "true").unwrap();
    let engine = Engine::start(options).unwrap();
    engine.open_shell().unwrap();
    fuzz("log", &tokens, |input| {
        std::fs::write(task.join("run_logs/run1.log"), input).unwrap();
        let read =
            |query: LogQuery| engine.read_log(&WorkspaceSelector::Current, &name, &query).unwrap();
        let size = input.len() as u64;
        let step = 1 + size / 7;
        let (mut offset, mut text) = (0, String::new());
        while offset < size {
            let query =
                LogQuery { offset: Some(offset), chunk_size: Some(step), ..LogQuery::default() };
            let piece = read(query);
            if piece.offset <= offset {
                // The chunk contains only the first bytes of a character; a larger chunk contains all of it.
                let all = LogQuery {
                    offset: Some(offset),
                    chunk_size: Some(size),
                    ..LogQuery::default()
                };
                let rest = read(all);
                assert!(rest.offset > offset, "stuck at {offset} of {size}");
                (offset, text) = (rest.offset, text + &rest.content);
                continue;
            }
            (offset, text) = (piece.offset, text + &piece.content);
        }
        assert_eq!(offset, size);
        if let Ok(whole) = std::str::from_utf8(input) {
            assert_eq!(text, whole);
        }
        for lines in [0, 1, 3, u64::MAX] {
            let tail = read(LogQuery { tail_lines: Some(lines), ..LogQuery::default() });
            assert_eq!(tail.offset, size);
            assert!(tail.content.lines().count() as u64 <= lines);
        }
        let tail = read(LogQuery { tail_bytes: Some(size / 2), ..LogQuery::default() });
        assert!(tail.offset == size);
    });
}
