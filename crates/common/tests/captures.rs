//! Compares the rendering of captured terminal output with that of a terminal emulator.
//!
//! Each `.log` is the output of tqdm, rich, pytest, pip or a keras-style bar to a pseudo-terminal
//! without output processing, like in a run. Each `.txt` is the rendering by the terminal emulator
//! pyte.

use std::fs;
use std::path::Path;

use common::ansi::{Color, Line, Screen};

fn screen(name: &str) -> Screen {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures");
    let said = fs::read(folder.join(name).with_extension("log")).expect("a capture");
    let mut screen = Screen::default();
    // In chunks, as they arrive.
    for piece in String::from_utf8_lossy(&said).chars().collect::<Vec<_>>().chunks(97) {
        screen.feed(&piece.iter().collect::<String>());
    }
    screen
}

fn shown(screen: &Screen) -> String {
    let mut lines: Vec<String> =
        screen.lines().iter().map(|line| line.text().trim_end().to_owned()).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n") + "\n"
}

#[test]
fn program_output_is_rendered_as_in_a_terminal() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures");
    for name in ["keras", "pip", "pytest", "rich", "tqdm", "tqdm_nested"] {
        let wanted = fs::read_to_string(folder.join(name).with_extension("txt")).expect(name);
        assert_eq!(shown(&screen(name)), wanted, "{name}");
    }
}

#[test]
fn their_colours_are_kept() {
    let of = |name: &str, text: &str| {
        let screen = screen(name);
        let spans = screen.lines().iter().flat_map(|line: &Line| line.spans.clone());
        let found: Vec<_> = spans.filter(|span| span.text.contains(text)).collect();
        found.first().map(|span| span.style).unwrap_or_default()
    };
    assert_eq!((of("rich", "loss").bold, of("rich", "loss").fg), (true, Some(Color::Indexed(1))));
    assert_eq!(of("rich", "orange").fg, Some(Color::Indexed(208)));
    assert_eq!(of("pytest", "test_bad").fg.or(of("pytest", "FAILED").fg), Some(Color::Indexed(1)));
}
