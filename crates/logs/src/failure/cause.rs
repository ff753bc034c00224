//! How a failed run ended, as known without its log.

use common::failure::{FailureKind, FailureSummary};
use common::message::EndText;

use super::log_end::LogEnd;
use store::task::Run;

/// The cause of the end of a failed run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// Its exit code; `None` when another program ran it and did not record one.
    Exited(Option<i32>),
    /// A signal, by its name.
    Signalled(String),
    /// It ended because memory was exhausted.
    OutOfMemory,
    /// Its time limit as text: `timed out after 2h`.
    TimedOut(String),
    /// Why it could not be started.
    NotStarted(String),
    /// Its supervisor died while it was active.
    Interrupted,
}

impl Cause {
    /// Derives the cause from the task's file.
    #[must_use]
    pub fn of(run: &Run) -> Self {
        let reason = run.outcome.reason().split("; retry ").next().unwrap_or_default();
        if reason.starts_with("out of memory") {
            Self::OutOfMemory
        } else if reason.starts_with("timed out after ") {
            Self::TimedOut(reason.to_owned())
        } else if reason.starts_with("SIG") || reason.starts_with("signal ") {
            Self::Signalled(reason.to_owned())
        } else if reason == "interrupted" {
            Self::Interrupted
        } else if reason.is_empty() || reason.starts_with("exit code ") {
            Self::Exited(run.outcome.exit_code())
        } else {
            Self::NotStarted(reason.to_owned())
        }
    }

    /// Combines the cause with the failure line of its log.
    #[must_use]
    pub fn summary(&self, run: u32, end: Option<&LogEnd>) -> FailureSummary {
        let failure_line = end.map(|end| &end.failure_line);
        let exception = failure_line
            .filter(|failure_line| failure_line.is_exception)
            .map(|failure_line| failure_line.text.as_str());
        let (kind, text) = match (self, failure_line) {
            (Self::Exited(_), Some(failure_line)) if failure_line.is_exception => {
                (FailureKind::Exception, failure_line.text.clone())
            }
            (Self::Exited(_), Some(failure_line)) => {
                (FailureKind::Output, failure_line.text.clone())
            }
            (Self::Exited(code), None) => (FailureKind::ExitCode, exit_code(*code)),
            (Self::Signalled(name), _) => {
                let text = match exception {
                    Some(exception) => EndText::KilledAfter.fill(&[name, &exception]),
                    None => EndText::Killed.fill(&[name]),
                };
                (FailureKind::Signal, text)
            }
            (Self::OutOfMemory, _) => {
                let text = exception.unwrap_or(EndText::KilledOutOfMemory.template());
                (FailureKind::OutOfMemory, text.to_owned())
            }
            (Self::TimedOut(text), _) => (FailureKind::Timeout, text.clone()),
            (Self::NotStarted(why), _) => {
                let text = why.lines().next().unwrap_or_default();
                return FailureSummary::new(FailureKind::NotStarted, text, run, None);
            }
            (Self::Interrupted, _) => (FailureKind::Interrupted, EndText::InterruptedWhy.fill(&[])),
        };
        FailureSummary::new(kind, &text, run, end.and_then(|end| end.line))
    }
}

/// `exit code 137 (SIGKILL)`: a shell returns 128 plus the signal that ended its command.
fn exit_code(code: Option<i32>) -> String {
    match code {
        None => EndText::Failed.fill(&[]),
        Some(code @ 129..=159) => {
            EndText::ExitCodeOfSignal.fill(&[&code, &signal_name(code - 128)])
        }
        Some(code) => EndText::ExitCode.fill(&[&code]),
    }
}

/// The name of a signal, as in signal(7).
#[must_use]
pub fn signal_name(signal: i32) -> String {
    let name = match signal {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        14 => "SIGALRM",
        15 => "SIGTERM",
        24 => "SIGXCPU",
        25 => "SIGXFSZ",
        31 => "SIGSYS",
        other => return EndText::Signal.fill(&[&other]),
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::failure_line::FailureLine;
    use super::*;
    use store::task::RunOutcome;

    fn end(text: &str, is_exception: bool) -> LogEnd {
        let failure_line = FailureLine { text: text.to_owned(), is_exception, line: 0 };
        LogEnd { failure_line, line: Some(7) }
    }

    #[test]
    fn the_log_speaks_for_an_exit_and_the_system_for_the_rest() {
        let raised = end("ValueError: x", true);
        let printed = end("epoch 3", false);
        let text = |cause: Cause, end: Option<&LogEnd>| {
            let summary = cause.summary(2, end);
            assert_eq!(summary.run, 2);
            (summary.kind, summary.text, summary.line)
        };
        use FailureKind as Kind;
        let exited = || Cause::Exited(Some(1));
        assert_eq!(
            text(exited(), Some(&raised)),
            (Kind::Exception, "ValueError: x".to_owned(), Some(7))
        );
        assert_eq!(text(exited(), Some(&printed)), (Kind::Output, "epoch 3".to_owned(), Some(7)));
        assert_eq!(text(exited(), None), (Kind::ExitCode, "exit code 1".to_owned(), None));
        let killed = Cause::Exited(Some(137));
        assert_eq!(text(killed, None).1, "exit code 137 (SIGKILL)");
        let signalled = || Cause::Signalled("SIGSEGV".to_owned());
        assert_eq!(
            text(signalled(), Some(&printed)),
            (Kind::Signal, "killed by SIGSEGV".to_owned(), Some(7))
        );
        assert_eq!(text(signalled(), Some(&raised)).1, "killed by SIGSEGV: ValueError: x");
        assert_eq!(text(Cause::OutOfMemory, Some(&printed)).1, "killed: out of memory");
        let raised = end("torch.OutOfMemoryError: CUDA out of memory.", true);
        assert_eq!(text(Cause::OutOfMemory, Some(&raised)).1, raised.failure_line.text);
        let late = Cause::TimedOut("timed out after 2h".to_owned());
        assert_eq!(text(late, Some(&raised)).1, "timed out after 2h");
        let not_started = Cause::NotStarted("no python\nat all".to_owned());
        assert_eq!(
            text(not_started, Some(&raised)),
            (Kind::NotStarted, "no python".to_owned(), None)
        );
        assert_eq!(text(Cause::Interrupted, None).0, Kind::Interrupted);
    }

    #[test]
    fn a_stored_run_has_its_cause() {
        let of = |reason: &str, exit_code| {
            let outcome = RunOutcome::from_columns(true, exit_code, reason.to_owned(), None);
            Cause::of(&Run { outcome, ..Run::default() })
        };
        assert_eq!(of("exit code 3; retry 1 of 2 follows", Some(3)), Cause::Exited(Some(3)));
        assert_eq!(of("", None), Cause::Exited(None));
        assert_eq!(of("out of memory: SIGKILL", None), Cause::OutOfMemory);
        assert_eq!(of("SIGTERM", None), Cause::Signalled("SIGTERM".to_owned()));
        assert_eq!(of("interrupted", None), Cause::Interrupted);
        let late = "timed out after 5 s";
        assert_eq!(of(late, None), Cause::TimedOut(late.to_owned()));
        let why = "starting python: not found";
        assert_eq!(of(why, None), Cause::NotStarted(why.to_owned()));
    }
}
