//! Detects lines that look like errors.

/// The regular expression for the server's search, equivalent to [`is_error_line`].
pub(super) const ERROR_PATTERN: &str = r"\b(ERROR|CRITICAL|FATAL|Traceback|FAILED|panicked at|Segmentation fault|Killed)\b|\b[A-Za-z]*(Error|Exception)\b:";

const WORDS: [&str; 8] = [
    "ERROR",
    "CRITICAL",
    "FATAL",
    "Traceback",
    "FAILED",
    "panicked at",
    "Segmentation fault",
    "Killed",
];

/// Whether a line looks like an error or the beginning of a traceback.
pub(super) fn is_error_line(text: &str) -> bool {
    WORDS.iter().any(|word| has_word(text, word))
        || ["Error:", "Exception:"].iter().any(|end| text.contains(end))
}

fn has_word(text: &str, word: &str) -> bool {
    let is_letter =
        |letter: Option<char>| letter.is_some_and(|it| it.is_alphanumeric() || it == '_');
    text.match_indices(word).any(|(at, _)| {
        !is_letter(text[..at].chars().next_back())
            && !is_letter(text[at + word.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::is_error_line;

    #[test]
    fn errors_are_distinguished_from_words_that_contain_them() {
        for text in
            ["ValueError: bad", "Traceback (most recent call last):", "[ERROR] x", "2 FAILED"]
        {
            assert!(is_error_line(text), "{text}");
        }
        for text in ["mean error 0.1", "NO_ERROR_HERE", "ERRORS_TOTAL=0", "fine"] {
            assert!(!is_error_line(text), "{text}");
        }
    }
}
