//! Logs of real programs, and arbitrary text.

use proptest::prelude::*;

use super::*;

fn texts(screen: &Screen) -> Vec<String> {
    screen.lines().iter().map(Line::text).collect()
}

fn shown(text: &str) -> Vec<String> {
    let mut screen = Screen::default();
    screen.feed(text);
    texts(&screen)
}

#[test]
fn colours_are_those_that_were_asked_for() {
    let (spans, after) =
        paint("a\u{1b}[1;31mb\u{1b}[38;5;208mc\u{1b}[48;2;1;2;3md", &Style::default());
    let styles: Vec<Style> = spans.iter().map(|span| span.style).collect();
    assert_eq!(styles[0], Style::default());
    assert_eq!(styles[1], Style { bold: true, fg: Some(Color::Indexed(1)), ..Style::default() });
    assert_eq!(styles[2].fg, Some(Color::Indexed(208)));
    assert_eq!(styles[3].bg, Some(Color::Rgb(1, 2, 3)));
    assert_eq!(after, styles[3]);
    assert_eq!(styles[1].class(), "fg-1 ansi-bold");
    assert_eq!(styles[3].css(), "color:#ff8700;background:#010203;");
    assert_eq!(paint("x\u{1b}[m", &after).1, Style::default());
    let (spans, _) =
        paint("\u{1b}[38:2::9:8:7mx\u{1b}[39;7;44my\u{1b}[58;5;1mz", &Style::default());
    assert_eq!(spans[0].style.fg, Some(Color::Rgb(9, 8, 7)));
    assert_eq!(spans[1].style.class(), "fg-4 ansi-inverse");
    assert_eq!((spans.len(), spans[1].text.as_str()), (2, "yz"));
}

#[test]
fn a_progress_line_is_overwritten() {
    assert_eq!(shown(" 10%|#   |\r 50%|##  |\r100%|####|\ndone\n"), ["100%|####|", "done", ""]);
    assert_eq!(shown("a long line\rshort\u{1b}[K\n"), ["short", ""]);
    assert_eq!(shown("abc\u{8}\u{8}X\r\n"), ["aXc", ""]);
    assert_eq!(plain("\u{1b}[2K\rab\u{1b}]0;title\u{7}c"), "abc");
}

#[test]
fn stacked_progress_bars_are_redrawn_in_place() {
    let redraw = "outer 1\ninner 1\u{1b}[A\router 2\n\rinner 2\u{1b}[1A\u{1b}[2K\router 3\u{1b}[B\rinner 3\nend";
    assert_eq!(shown(redraw), ["outer 3", "inner 3", "end"]);
    assert_eq!(shown("a\nb\nc\u{1b}[2F\u{1b}[Jx"), ["x"]);
}

#[test]
fn undisplayable_characters_are_dropped() {
    assert_eq!(
        shown("\u{1b}[?25la\u{1b}(Bb\u{1b}]8;;http://x\u{1b}\\c\u{1b}]8;;\u{1b}\\\u{1b}[?25h"),
        ["abc"]
    );
    assert_eq!(shown("\u{1b}]never ended\nnext"), ["", "next"]);
    assert_eq!(shown("\u{1b}[9999999999999999999Gx\u{1b}[99999999Ay"), ["xy"]);
    assert_eq!(shown("a\u{1b}[9999C|"), ["a|"]);
    assert_eq!(shown(&format!("\u{1b}[{}mx", "1;".repeat(500))), ["x"]);
    assert_eq!(shown("训练 \u{1b}[32m✓\u{1b}[0m"), ["训练 ✓"]);
}

#[test]
fn a_full_screen_drops_its_oldest_lines_and_reports_the_change() {
    let mut screen = Screen::new(2);
    assert_eq!(screen.feed("1\n2\n"), 1);
    assert_eq!((screen.dropped(), texts(&screen)), (1, vec!["2".to_owned(), String::new()]));
    assert_eq!(screen.feed("3"), 2);
    assert_eq!(screen.feed("\u{1b}[A!"), 1);
    assert_eq!(texts(&screen), ["2!", "3"]);
}

#[test]
fn a_very_long_line_is_truncated_and_its_length_counted() {
    let mut screen = Screen::default();
    for _ in 0..300 {
        screen.feed(&"x".repeat(10_000));
    }
    screen.feed("\nnext");
    let line = &screen.lines()[0];
    assert_eq!(line.text().len() as u64 + line.hidden, 3_000_000);
    assert_eq!(screen.lines()[1].text(), "next");
    screen.feed("\u{1b}[A\u{1b}[2Knew");
    assert_eq!((screen.lines()[0].text().trim(), screen.lines()[0].hidden), ("new", 0));
}

#[test]
fn lines_know_where_in_the_text_they_began() {
    let mut screen = Screen::numbered(7, Style::default());
    screen.feed("bar 1\nbar 2\n\u{1b}[2Abar 1!\nbar 2!\nend\n");
    let seen: Vec<(u64, String)> =
        screen.numbered_lines().map(|(number, line)| (number, line.text())).collect();
    let wanted = [(7, "bar 1!"), (8, "bar 2!"), (11, "end"), (12, "")];
    assert_eq!(seen, wanted.map(|(number, text)| (number, text.to_owned())));
    let completed = screen.drain_completed(2);
    assert_eq!(completed.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [7, 8]);
    assert_eq!((screen.dropped(), screen.line_feeds()), (2, 12));
    assert_eq!(screen.feed("x"), 3);
}

#[test]
fn a_line_can_be_written_with_its_colours_again() {
    let text = "a\u{1b}[1;31mb\u{1b}[38;5;208;44mc\u{1b}[48;2;1;2;3;7md\u{1b}[97me";
    let mut screen = Screen::default();
    screen.feed(text);
    let mut again = Screen::default();
    again.feed(&screen.lines()[0].ansi());
    assert_eq!(screen.lines(), again.lines());
}

/// Text that is likely to contain sequences, complete and incomplete.
fn terminal_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,4}",
        "\u{1b}\\[[0-9;:?]{0,8}[A-Za-z]",
        "\u{1b}[\\[\\]()P\\\\]",
        Just("\n".to_owned()),
        Just("\r".to_owned()),
        Just("\u{8}".to_owned()),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn it_does_not_matter_where_a_stream_is_cut(text in terminal_text(), cut in 0usize..200) {
        let mut whole = Screen::new(5);
        whole.feed(&text);
        let cut = text.char_indices().nth(cut).map_or(text.len(), |(at, _)| at);
        let mut pieces = Screen::new(5);
        pieces.feed(&text[..cut]);
        for letter in text[cut..].chars() {
            pieces.feed(&letter.to_string());
        }
        prop_assert_eq!(texts(&whole), texts(&pieces));
        prop_assert_eq!(whole.lines(), pieces.lines());
        prop_assert_eq!(whole.dropped(), pieces.dropped());
    }

    #[test]
    fn settling_lines_changes_nothing_that_is_seen(text in terminal_text(), every in 1usize..9) {
        // No sequence in this text moves up that far.
        let mut whole = Screen::default();
        let mut draining = Screen::default();
        let mut completed = Vec::new();
        for (at, letter) in text.chars().enumerate() {
            whole.feed(letter.encode_utf8(&mut [0; 4]));
            draining.feed(letter.encode_utf8(&mut [0; 4]));
            if at % every == 0 {
                completed.extend(draining.drain_completed(60));
            }
        }
        let pairs = |screen: &Screen| -> Vec<(u64, Line)> {
            screen.numbered_lines().map(|(number, line)| (number, line.clone())).collect()
        };
        completed.extend(pairs(&draining));
        prop_assert_eq!(pairs(&whole), completed);
    }

    #[test]
    fn one_line_is_rendered_equally_alone_and_on_a_screen(text in "[ -~\u{1b}\r\u{8}]{0,40}") {
        // Movement between lines has no effect on a single line.
        prop_assume!(!text.contains("\u{1b}["));
        let mut screen = Screen::default();
        screen.feed(&text);
        prop_assert_eq!(&screen.lines()[0].spans, &paint(&text, &Style::default()).0);
    }
}
