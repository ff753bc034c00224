//! The output of a command without the lines that the log has in addition: when the run started and finished.

use common::TaskName;

/// Removes these lines from a log that arrives in parts.
pub(crate) struct CommandOutput {
    /// The beginnings of the lines.
    beginnings: [String; 2],
    /// The beginning of a line which may be one of them.
    held: String,
    /// Whether a part of the current line was passed on.
    is_inside_line: bool,
}

impl CommandOutput {
    pub(crate) fn of(task: &TaskName) -> Self {
        let beginning = |event: &str| format!("[PYRUNS] Task {task} {event} at ");
        let beginnings = [beginning("started"), beginning("finished")];
        Self { beginnings, held: String::new(), is_inside_line: false }
    }

    /// The output in the next part of the log.
    pub(crate) fn next(&mut self, part: &str) -> String {
        let mut output = String::new();
        for piece in part.split_inclusive('\n') {
            let is_whole = piece.ends_with('\n');
            if self.is_inside_line {
                output.push_str(piece);
                self.is_inside_line = !is_whole;
                continue;
            }
            self.held.push_str(piece);
            let matches = |it: &String| self.held.starts_with(it) || it.starts_with(&self.held);
            match (self.beginnings.iter().any(matches), is_whole) {
                (true, true) => self.held.clear(),
                (true, false) => {}
                (false, _) => {
                    output.push_str(&std::mem::take(&mut self.held));
                    self.is_inside_line = !is_whole;
                }
            }
        }
        output
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "[PYRUNS] Task a started at 2026\n[PYRUNS] Task b started at x\n\n[P\nwork\r50%\n\
        [PYRUNS] Task a finished at 2026 (completed)\n";

    #[test]
    fn lines_of_the_log_itself_are_removed_wherever_it_is_cut() {
        let wanted = "[PYRUNS] Task b started at x\n\n[P\nwork\r50%\n";
        for cut in 0..=LOG.len() {
            let mut output = CommandOutput::of(&TaskName::new("a").unwrap());
            let parts = [output.next(&LOG[..cut]), output.next(&LOG[cut..])];
            assert_eq!(parts.concat(), wanted, "{cut}");
        }
    }

    #[test]
    fn a_line_is_passed_on_before_its_end() {
        let mut output = CommandOutput::of(&TaskName::new("a").unwrap());
        assert_eq!(output.next("name: "), "name: ");
        assert_eq!(output.next("[PYRUNS] Task a started at x\n"), "[PYRUNS] Task a started at x\n");
        assert_eq!(output.next("["), "");
        assert_eq!(output.next("1] "), "[1] ");
    }
}
