//! Quotes words for a POSIX shell.

/// A word, in quotes if the shell would change it.
#[must_use]
pub fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./=:,+@%".contains(letter);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => in_quotes(word),
    }
}

/// A word in quotes.
#[must_use]
pub fn in_quotes(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_the_shell_would_change_are_quoted() {
        for plain in ["train.py", "--lr=0.1", "a/b_c", "训练"] {
            assert_eq!(quoted(plain), plain);
        }
        for (word, wanted) in [("", "''"), ("a b", "'a b'"), ("it's", r"'it'\''s'"), ("$x", "'$x'")]
        {
            assert_eq!(quoted(word), wanted);
        }
        assert_eq!(in_quotes("a"), "'a'");
    }
}
