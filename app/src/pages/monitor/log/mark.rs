//! Where a text occurs in a line.

/// The pieces of `text`, in order, and whether each is an occurrence of `needle`.
///
/// `needle` is in lower case. Where lower case letters take other bytes than the letters
/// themselves, nothing is marked; the line as a whole is found all the same.
pub(super) fn pieces<'a>(text: &'a str, needle: &str) -> Vec<(&'a str, bool)> {
    let lower = text.to_lowercase();
    if needle.is_empty() || lower.len() != text.len() {
        return vec![(text, false)];
    }
    let mut pieces = Vec::new();
    let mut done = 0;
    for (at, found) in lower.match_indices(needle) {
        let end = at + found.len();
        if !text.is_char_boundary(at) || !text.is_char_boundary(end) {
            continue;
        }
        if at > done {
            pieces.push((&text[done..at], false));
        }
        pieces.push((&text[at..end], true));
        done = end;
    }
    if done < text.len() {
        pieces.push((&text[done..], false));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occurrences_are_cut_out_in_any_case() {
        let found = pieces("an Error, error!", "error");
        let expected =
            [("an ", false), ("Error", true), (", ", false), ("error", true), ("!", false)];
        assert_eq!(found, expected);
        assert_eq!(pieces("训练 loss", "训"), [("训", true), ("练 loss", false)]);
    }

    #[test]
    fn letters_of_another_length_do_no_harm() {
        assert_eq!(pieces("İx", "x"), [("İx", false)]);
        assert_eq!(pieces("", "x"), []);
        assert_eq!(pieces("abc", ""), [("abc", false)]);
    }
}
