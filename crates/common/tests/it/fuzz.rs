//! For any input, parsers terminate, do not panic, and keep their invariants.

use common::ansi::{Screen, paint, plain};
use common::batch::{Grid, cell, has_batch_syntax};
use common::form::Form;
use common::yaml;

use crate::harness::fuzz;

#[test]
fn batch_grammar() {
    let tokens = [
        "|", "(", ")", ":", "1:10", "0:1:0.1", "'", "\"", "\\|", "1e308", "-", "null", "[", "{",
        "训",
    ];
    fuzz("batch", &tokens, |input| {
        let text = String::from_utf8_lossy(input);
        let config = [("a".into(), text.as_ref().into())].into_iter().collect();
        let grid = Grid::parse(&config, None);
        match (&grid, cell(&text, None)) {
            (Ok(grid), Ok(cell)) => {
                assert_eq!(grid.count(), cell.count);
                assert_eq!(grid.configs().take(20).count() as u64, cell.count.min(20));
                let last = grid.count().checked_sub(1).and_then(|place| grid.nth(place));
                assert!(
                    last.is_some_and(|last| !grid.preview(&last).is_empty() || text.is_empty())
                );
            }
            (Err(whole), Err(cell)) => assert_eq!(whole.message, cell.message),
            (grid, cell) => panic!("{grid:?} and {cell:?}"),
        }
        let _ = has_batch_syntax(&config, None);
    });
}

#[test]
fn yaml_form() {
    let tokens = [
        "a: ", "\n", "  ", "- ", "&a ", "*a", "<<: ", "!!str ", "|\n", "'", "\"", "{", "}", "[",
        "]", "#", "1.0e-05", "yes", "0o17", "? ", ".nan", "---\n",
    ];
    fuzz("form", &tokens, |input| {
        let text = String::from_utf8_lossy(input);
        let Ok(config) = yaml::parse_mapping(&text) else { return };
        let written = yaml::to_text(&config);
        let again = yaml::parse_mapping(&written)
            .unwrap_or_else(|error| panic!("{error}: {written:?} of {text:?}"));
        let json = |config: &serde_yaml::Mapping| yaml::to_json(&config.clone().into()).to_string();
        assert_eq!(json(&again), json(&config), "{written:?} of {text:?}");
        let form = Form::new(&config, None);
        assert!(yaml::parse_mapping(&form.to_yaml()).is_ok(), "the form of {text:?}");
        let _ = form.grid().map(|grid| grid.nth(0));
    });
}

#[test]
fn ansi() {
    let tokens = [
        "\x1b[",
        "\x1b]0;",
        "\x07",
        "\x1b\\",
        "m",
        "K",
        "A",
        "H",
        "\r",
        "\n",
        "\t",
        "\x08",
        "38;5;1",
        "48;2;1;2;3",
        "\x1b[2J",
        "999999999",
        ";",
        "训",
        "\u{301}",
    ];
    fuzz("ansi", &tokens, |input| {
        let text = String::from_utf8_lossy(input);
        let mut whole = Screen::new(50);
        whole.feed(&text);
        // Split anywhere, the result is the same.
        let mut pieces = Screen::new(50);
        let cut = text.char_indices().map(|(at, _)| at).nth(text.len() / 3).unwrap_or(0);
        pieces.feed(&text[..cut]);
        pieces.feed(&text[cut..]);
        assert_eq!(pieces.lines(), whole.lines(), "{text:?} cut at {cut}");
        assert!(whole.lines().len() <= 50);
        for line in text.lines() {
            let shown: String =
                paint(line, &Default::default()).0.iter().map(|span| span.text.as_str()).collect();
            assert_eq!(shown.trim_end(), plain(line).trim_end(), "{line:?}");
        }
    });
}
