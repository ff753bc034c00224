//! Finds the line in the end of a log that explains why the run failed.

use std::borrow::Cow;

use common::ansi::plain;

/// The header of a Python traceback.
const TRACEBACK: &str = "Traceback (most recent call last):";
/// Start of the header of an exception group's traceback, and the prefix of each line after it.
const EXCEPTION_GROUP: (&str, &str) = ("  + Exception Group ", "  | ");
/// How many lines of other processes inside a traceback are skipped.
const MAX_FOREIGN_LINES: usize = 20;
/// Launchers report with it that one of their workers failed; the worker's own traceback comes
/// first.
const LAUNCHER_ERROR: &str = "ChildFailedError";

/// A line of a log that explains a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureLine {
    /// Without colours and without text overwritten by a carriage return.
    pub text: String,
    /// It names the exception that ended the program; otherwise it is only the last printed line.
    pub is_exception: bool,
    /// Index in the given text, from 0.
    pub line: usize,
}

/// The exception that ended the program, else the last line that is not blank.
pub(super) fn failure_line(text: &str) -> Option<FailureLine> {
    let lines: Vec<Cow<'_, str>> = text.split('\n').map(plain).collect();
    exception(&lines).or_else(|| last_line(&lines))
}

/// The first line of the message of the last exception.
fn exception(lines: &[Cow<'_, str>]) -> Option<FailureLine> {
    let traceback = traceback(lines);
    let fatal = lines.iter().enumerate().rev().find_map(|(line, text)| {
        let is_fatal =
            text.starts_with("Fatal Python error: ") || text.trim().starts_with("what():");
        is_fatal.then(|| FailureLine { text: text.trim().to_owned(), is_exception: true, line })
    });
    [traceback, fatal].into_iter().flatten().max_by_key(|failure_line| failure_line.line)
}

fn traceback(lines: &[Cow<'_, str>]) -> Option<FailureLine> {
    let mut launcher_error = None;
    let mut end = lines.len();
    while let Some((header, prefix)) = last_header(&lines[..end]) {
        let failure_line = after_frames(&lines[..end], header, &prefix);
        let is_of_launcher = failure_line
            .as_ref()
            .is_some_and(|failure_line| name_of(&failure_line.text).ends_with(LAUNCHER_ERROR));
        if !is_of_launcher {
            return failure_line.or(launcher_error);
        }
        launcher_error = launcher_error.or(failure_line);
        end = header;
    }
    launcher_error
}

/// The last header of a traceback, and the prefix of each of the lines that follow it.
fn last_header(lines: &[Cow<'_, str>]) -> Option<(usize, String)> {
    lines.iter().enumerate().rev().find_map(|(line, text)| {
        // A launcher prefixes each line with the worker's rank; an unfinished progress bar precedes
        // only the header.
        let before = text.trim_end().strip_suffix(TRACEBACK)?;
        if let Some(before) = before.strip_suffix(EXCEPTION_GROUP.0) {
            return Some((line, format!("{before}{}", EXCEPTION_GROUP.1)));
        }
        // A traceback inside an exception group is one of its parts.
        let is_nested = before.trim_start().starts_with('|');
        (!is_nested).then(|| (line, before.to_owned()))
    })
}

/// The first line after the frames, which are indented.
fn after_frames(lines: &[Cow<'_, str>], header: usize, prefix: &str) -> Option<FailureLine> {
    let mut first = None;
    let mut foreign = 0;
    for (line, text) in lines.iter().enumerate().skip(header + 1) {
        let text = text.strip_prefix(prefix).unwrap_or(text);
        if text.trim().is_empty() || text.starts_with([' ', '\t']) {
            continue;
        }
        let failure_line =
            FailureLine { text: text.trim_end().to_owned(), is_exception: true, line };
        if is_exception(text) {
            return Some(failure_line);
        }
        first = first.or(Some(failure_line));
        foreign += 1;
        if foreign == MAX_FOREIGN_LINES {
            break;
        }
    }
    first
}

/// Matches `package.module.Name: message`, or the name alone.
fn is_exception(text: &str) -> bool {
    let name = name_of(text);
    let message = text.get(name.len()..).unwrap_or_default();
    let is_letter = |letter: char| letter.is_alphanumeric() || "_.<>".contains(letter);
    name.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && name.chars().all(is_letter)
        && (message.trim_end().is_empty() || message.trim_end() == ":" || message.starts_with(": "))
}

fn name_of(text: &str) -> &str {
    text.split(':').next().unwrap_or_default().trim_end()
}

/// The last line that is not blank and was printed by the run.
fn last_line(lines: &[Cow<'_, str>]) -> Option<FailureLine> {
    let line = lines.iter().rposition(|text| !text.trim().is_empty() && !is_pyruns_line(text))?;
    let text = lines[line].trim().to_owned();
    // A syntax error of the script itself has no traceback header.
    let is_named = ["Error", "Exception"].iter().any(|ending| name_of(&text).ends_with(ending));
    let is_exception = is_named && is_exception(&text);
    Some(FailureLine { text, is_exception, line })
}

/// The banner lines of the log, and warnings of the Python module.
fn is_pyruns_line(text: &str) -> bool {
    let is_banner = text.starts_with("[PYRUNS] Task ")
        && (text.contains(" started at ") || text.contains(" finished at "));
    is_banner || text.starts_with("[pyruns] warning: ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The exception found in a text.
    fn raised(text: &str) -> String {
        let failure_line = failure_line(text).unwrap();
        assert!(failure_line.is_exception, "{failure_line:?}");
        let line = text.split('\n').nth(failure_line.line).unwrap();
        assert!(
            plain(line).contains(&failure_line.text),
            "{failure_line:?} is not in line {line:?}"
        );
        failure_line.text
    }

    /// The last line of a text that contains no exception.
    fn printed(text: &str) -> String {
        let failure_line = failure_line(text).unwrap();
        assert!(!failure_line.is_exception, "{failure_line:?}");
        failure_line.text
    }

    const TRAIN: &str = "epoch 1\nTraceback (most recent call last):\n  File \"train.py\", line 3, in <module>\n    main()\n    ~~~~^^\n  File \"train.py\", line 2, in main\n    raise ValueError(\"lr must be positive\")\nValueError: lr must be positive\n";

    #[test]
    fn the_exception_of_a_traceback() {
        assert_eq!(raised(TRAIN), "ValueError: lr must be positive");
        assert_eq!(failure_line(TRAIN).unwrap().line, 7);
        // Output of other processes after it does not hide it.
        let text =
            format!("{TRAIN}wandb: run ended\n\n[PYRUNS] Task a finished at 2026 (failed)\n");
        assert_eq!(raised(&text), "ValueError: lr must be positive");
        let text = TRAIN.replace("ValueError: lr must be positive", "KeyboardInterrupt");
        assert_eq!(raised(&text), "KeyboardInterrupt");
    }

    #[test]
    fn the_last_of_chained_exceptions() {
        let text = format!(
            "{TRAIN}\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"x\", line 1, in f\n    g()\nmodule.sub.Custom: second\n"
        );
        assert_eq!(raised(&text), "module.sub.Custom: second");
    }

    #[test]
    fn the_first_line_of_a_long_message() {
        let text = "Traceback (most recent call last):\n  File \"x\", line 1\n    f()\nRuntimeError: Error(s) in loading state_dict for Net:\n\tsize mismatch for a\nwith more: of it\n";
        assert_eq!(raised(text), "RuntimeError: Error(s) in loading state_dict for Net:");
    }

    #[test]
    fn a_syntax_error_of_the_script_itself() {
        let text = "[PYRUNS] Task a started at 2026-11-23\n  File \"bad.py\", line 1\n    def f(\n         ^\nSyntaxError: '(' was never closed\n";
        assert_eq!(raised(text), "SyntaxError: '(' was never closed");
    }

    #[test]
    fn an_exception_group_and_not_one_of_its_parts() {
        let text = "  + Exception Group Traceback (most recent call last):\n  |   File \"x.py\", line 1, in <module>\n  |     raise ExceptionGroup(\"eg\", [ValueError(1), TypeError(2)])\n  | ExceptionGroup: eg (2 sub-exceptions)\n  +-+---------------- 1 ----------------\n    | Traceback (most recent call last):\n    |   File \"x.py\", line 2\n    | ValueError: 1\n    +---------------- 2 ----------------\n    | TypeError: 2\n    +------------------------------------\n";
        assert_eq!(raised(text), "ExceptionGroup: eg (2 sub-exceptions)");
    }

    #[test]
    fn a_traceback_after_a_progress_bar_and_in_colours() {
        let text = "\r  0%|  | 0/9\r 11%|█ | 1/9 [00:00<00:01]Traceback (most recent call last):\n  File \u{1b}[35m\"x\"\u{1b}[0m, line 1\n\u{1b}[1;35mValueError\u{1b}[0m: \u{1b}[35mbad\u{1b}[0m\n";
        assert_eq!(raised(text), "ValueError: bad");
    }

    #[test]
    fn the_worker_and_not_its_launcher() {
        let text = "[rank0]: Traceback (most recent call last):\n[rank0]:   File \"t.py\", line 1\n[rank0]:     f()\n[rank0]: ValueError: in the worker\nTraceback (most recent call last):\n  File \"torchrun\", line 1\ntorch.distributed.elastic.multiprocessing.errors.ChildFailedError: \n====\nt.py FAILED\n";
        assert_eq!(raised(text), "ValueError: in the worker");
    }

    #[test]
    fn other_processes_may_print_into_it() {
        let text = "Traceback (most recent call last):\n  File \"x\", line 1\n[worker 2] still loading\n    f()\nOSError: [Errno 28] No space left on device: 'a'\n";
        assert_eq!(raised(text), "OSError: [Errno 28] No space left on device: 'a'");
    }

    #[test]
    fn the_failure_of_an_interpreter_crash() {
        let text = "Fatal Python error: Segmentation fault\n\nCurrent thread 0x1 (most recent call first):\n  File \"x\", line 1\n";
        assert_eq!(raised(text), "Fatal Python error: Segmentation fault");
        let text = "terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc\n";
        assert_eq!(raised(text), "what():  std::bad_alloc");
    }

    #[test]
    fn without_an_exception_the_last_line() {
        let text = "[PYRUNS] Task a started at x\nrun.sh: line 3: foo: command not found\n\n[PYRUNS] Task a finished at x\n";
        assert_eq!(printed(text), "run.sh: line 3: foo: command not found");
        assert_eq!(printed("no data\n[pyruns] warning: a point was left out\n"), "no data");
        assert_eq!(printed("loading\n 50%|##  |\r100%|####|\r\n"), "100%|####|");
        assert_eq!(printed("\u{1b}[31mboom\u{1b}[0m"), "boom");
        assert_eq!(failure_line("[PYRUNS] Task a started at x\n\n  \n"), None);
        assert_eq!(failure_line(""), None);
    }

    #[test]
    fn a_truncated_traceback_gives_its_last_line() {
        let text = "start\nTraceback (most recent call last):\n  File \"x\", line 1\n    f()\n";
        assert_eq!(printed(text), "f()");
    }

    proptest! {
        #[test]
        fn whatever_is_printed_does_no_harm(
            lines in prop::collection::vec(
                prop_oneof![
                    "[ |+:\ra-cE\u{1b}误\\[]{0,12}",
                    Just("Traceback (most recent call last):".to_owned()),
                    Just("  + Exception Group Traceback (most recent call last):".to_owned()),
                    Just("    | Traceback (most recent call last):".to_owned()),
                    Just("ChildFailedError: x".to_owned()),
                    Just("  | ValueError: x".to_owned()),
                ],
                0..12,
            ),
        ) {
            let text = lines.join("\n");
            let failure_line = failure_line(&text);
            let anything = lines.iter().any(|line| !plain(line).trim().is_empty());
            prop_assert_eq!(failure_line.is_some(), anything);
            if let Some(failure_line) = failure_line {
                prop_assert!(failure_line.line < lines.len());
                prop_assert!(!failure_line.text.trim().is_empty());
            }
        }
    }
}
