//! Writes comma-separated values (RFC 4180) that are safe in spreadsheets.
//!
//! A spreadsheet interprets a cell that starts with `=`, `+`, `-` or `@` as a formula, even in
//! quotes. Texts that start so are prefixed with an apostrophe, as OWASP recommends ("CSV
//! injection"); numbers are not.

use std::fmt::{self, Write as _};

/// An encoded cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvCell(String);

impl CsvCell {
    /// An untrusted text: a name, a note, a heading.
    #[must_use]
    pub fn text(text: &str) -> Self {
        let guarded = if is_formula(text) { format!("'{text}") } else { text.to_owned() };
        Self(quoted(guarded))
    }

    /// A number, or a text of numbers such as `-1.2 ± 0.3`: not escaped.
    #[must_use]
    pub fn number(number: impl fmt::Display) -> Self {
        Self(quoted(number.to_string()))
    }

    /// An empty cell.
    #[must_use]
    pub fn empty() -> Self {
        Self(String::new())
    }
}

/// A row without its line end.
#[must_use]
pub fn row(cells: impl IntoIterator<Item = CsvCell>) -> String {
    let mut row = String::new();
    for (place, CsvCell(cell)) in cells.into_iter().enumerate() {
        // Writing to a `String` cannot fail.
        let _ = write!(row, "{}{cell}", if place == 0 { "" } else { "," });
    }
    row
}

/// Whether a spreadsheet may interpret a cell as a formula. Some strip a leading tab or line end
/// first, and some accept the full-width forms of the symbols.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn quoted(cell: String) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        row([CsvCell::text(text)])
    }

    #[test]
    fn a_text_is_never_a_formula() {
        assert_eq!(text("=1+1"), "'=1+1");
        assert_eq!(
            text("=HYPERLINK(\"http://a\",\"b\")"),
            "\"'=HYPERLINK(\"\"http://a\"\",\"\"b\"\")\""
        );
        for first in ["+", "-", "@", "\t=", "＝"] {
            assert_eq!(
                text(&format!("{first}cmd|' /C calc'!A0")),
                format!("'{first}cmd|' /C calc'!A0")
            );
        }
        assert_eq!(text("\r=1"), "\"'\r=1\"");
        assert_eq!(text("-0.5 as text"), "'-0.5 as text");
    }

    #[test]
    fn other_texts_and_all_numbers_stay_as_they_are() {
        for plain in ["", "lr=0.1", "a-b", "mail@x", "'quoted'", "训练", " =1"] {
            assert_eq!(text(plain), plain);
        }
        let cells = [-1.5, 1e-7, f64::NEG_INFINITY].map(CsvCell::number);
        assert_eq!(row(cells), "-1.5,0.0000001,-inf");
        assert_eq!(
            row([CsvCell::number("-1.2 ± 0.3"), CsvCell::empty(), CsvCell::text("a,\"b\"")]),
            "-1.2 ± 0.3,,\"a,\"\"b\"\"\""
        );
    }
}
