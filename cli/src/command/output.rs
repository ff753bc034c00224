//! Output to standard output.

/// Prints a line. Errors are ignored, because a closed standard output must not end the server.
pub(super) fn print_line(line: &str) {
    use std::io::Write;
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
