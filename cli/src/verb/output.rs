//! Lines for the user on standard output.

/// A line for the user. A closed standard output must not end the server.
pub(super) fn print_line(line: &str) {
    use std::io::Write;
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
