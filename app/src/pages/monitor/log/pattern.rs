//! The search pattern, as evaluated in the browser: to mark matches in visible lines and to find matches in
//! received lines. Stored lines are searched by the server.

use leptos::wasm_bindgen::JsCast;

/// A search pattern.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pattern {
    /// The text or regular expression; empty if there is no search.
    pub text: String,
    /// Whether it is a regular expression.
    pub regex: bool,
    /// Whether the search is case-sensitive.
    pub case: bool,
}

impl Pattern {
    /// Whether there is a search.
    #[must_use]
    pub fn is_on(&self) -> bool {
        !self.text.is_empty()
    }

    /// Whether a line matches.
    #[must_use]
    pub fn is_in(&self, line: &str) -> bool {
        self.is_on() && self.pieces(line).iter().any(|(_, found)| *found)
    }

    /// The parts of a line, in order, and whether each is a match.
    #[must_use]
    pub fn pieces(&self, line: &str) -> Vec<(String, bool)> {
        if !self.is_on() {
            return vec![(line.to_owned(), false)];
        }
        match self.regex {
            true => self.by_expression(line).unwrap_or_else(|| vec![(line.to_owned(), false)]),
            false => self.by_text(line),
        }
    }

    /// If lowercasing changes the byte length, no match is marked, but the
    /// line as a whole still matches.
    fn by_text(&self, line: &str) -> Vec<(String, bool)> {
        let (hay, needle) = match self.case {
            true => (line.to_owned(), self.text.clone()),
            false => (line.to_lowercase(), self.text.to_lowercase()),
        };
        if hay.len() != line.len() {
            return vec![(line.to_owned(), hay.contains(&needle))];
        }
        let mut pieces = Vec::new();
        let mut done = 0;
        for (at, found) in hay.match_indices(&needle) {
            let end = at + found.len();
            if line.is_char_boundary(at) && line.is_char_boundary(end) {
                push(&mut pieces, &line[done..at], false);
                push(&mut pieces, &line[at..end], true);
                done = end;
            }
        }
        push(&mut pieces, &line[done..], false);
        pieces
    }

    /// Uses the browser's regular expressions; `None` if it does not support this one.
    fn by_expression(&self, line: &str) -> Option<Vec<(String, bool)>> {
        let global = js_sys::global();
        let class = js_sys::Reflect::get(&global, &"RegExp".into()).ok()?;
        let class: js_sys::Function = class.unchecked_into();
        let flags = if self.case { "gu" } else { "giu" };
        let arguments = js_sys::Array::of2(&self.text.as_str().into(), &flags.into());
        // Throws for an invalid expression.
        let expression = js_sys::Reflect::construct(&class, &arguments).ok()?;
        let expression: js_sys::RegExp = expression.unchecked_into();
        let text = js_sys::JsString::from(line);
        let piece = |from: u32, to: u32| String::from(text.slice(from, to));
        let (mut pieces, mut done) = (Vec::new(), 0);
        while let Some(found) = expression.exec(line) {
            let length = found.get(0).length();
            let end = expression.last_index();
            if length == 0 {
                expression.set_last_index(end + 1);
                continue;
            }
            push(&mut pieces, &piece(done, end - length), false);
            push(&mut pieces, &piece(end - length, end), true);
            done = end;
        }
        push(&mut pieces, &piece(done, text.length()), false);
        Some(pieces)
    }
}

fn push(pieces: &mut Vec<(String, bool)>, text: &str, found: bool) {
    if !text.is_empty() {
        pieces.push((text.to_owned(), found));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(line: &str, text: &str) -> Vec<(String, bool)> {
        Pattern { text: text.to_owned(), ..Pattern::default() }.pieces(line)
    }

    #[test]
    fn occurrences_are_cut_out_in_any_case() {
        let found = pieces("an Error, error!", "error");
        let wanted =
            [("an ", false), ("Error", true), (", ", false), ("error", true), ("!", false)];
        assert_eq!(found, wanted.map(|(text, found)| (text.to_owned(), found)));
        assert_eq!(pieces("训练", "训")[0], ("训".to_owned(), true));
        let exact = Pattern { text: "Error".to_owned(), case: true, ..Pattern::default() };
        assert!(exact.is_in("an Error") && !exact.is_in("an error"));
    }

    #[test]
    fn letters_of_another_length_do_no_harm() {
        assert_eq!(pieces("İx", "x"), [("İx".to_owned(), true)]);
        assert_eq!(pieces("abc", ""), [("abc".to_owned(), false)]);
    }
}
