//! PROVISIONAL until `common::ansi` is there.
use std::borrow::Cow;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Style;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) style: Style,
}

pub(super) fn paint(raw: &str, style: &Style) -> (Vec<Span>, Style) {
    (vec![Span { text: plain(raw).into_owned(), style: style.clone() }], Style)
}

pub(super) fn plain(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\u{1b}') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::new();
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            for c in chars.by_ref() {
                if c.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}
