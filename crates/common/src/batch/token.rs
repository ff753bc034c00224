//! Splits the text of a value into tokens.

/// A token of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Byte offset in the value.
    pub(super) start: usize,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `|`
    Pipe,
    /// `(`, `[` or `{`
    Open,
    /// `)`, `]` or `}`
    Close,
    /// A quoted text, including its quotes.
    Quoted,
    /// A quote that is not closed, with the remaining text.
    Unclosed,
    /// Any other text; `\|` is part of it.
    Word,
}

/// Splits a value; the concatenated tokens are the value.
pub(super) fn lex(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = 0;
    // Whether a quote here would start a quoted text: the one in `it's` does not.
    let mut at_beginning = true;
    while let Some(first) = text[start..].chars().next() {
        let remaining = &text[start..];
        let (kind, length) = match first {
            '|' => (Kind::Pipe, 1),
            '(' | '[' | '{' => (Kind::Open, 1),
            ')' | ']' | '}' => (Kind::Close, 1),
            '"' | '\'' if at_beginning => match quoted_length(remaining, first) {
                Some(length) => (Kind::Quoted, length),
                None => (Kind::Unclosed, remaining.len()),
            },
            _ => (Kind::Word, word_length(remaining, at_beginning)),
        };
        let token_text = &remaining[..length];
        at_beginning = match kind {
            Kind::Pipe | Kind::Open => true,
            Kind::Word => begins_after(token_text, at_beginning),
            Kind::Close | Kind::Quoted | Kind::Unclosed => false,
        };
        tokens.push(Token { kind, text: token_text, start });
        start += length;
    }
    tokens
}

/// Whether a quote after this word would start a quoted text.
fn begins_after(word: &str, at_beginning: bool) -> bool {
    match word.trim_end().chars().next_back() {
        Some(last) => matches!(last, ',' | ':'),
        None => at_beginning,
    }
}

/// Length up to the next character that is a token by itself; at least one character.
fn word_length(text: &str, mut at_beginning: bool) -> usize {
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '|' | '(' | ')' | '[' | ']' | '{' | '}' => return at,
            '"' | '\'' if at_beginning && at > 0 => return at,
            '\\' => {
                letters.next_if(|(_, next)| *next == '|');
                at_beginning = false;
            }
            ' ' | '\t' => {}
            ',' | ':' => at_beginning = true,
            _ => at_beginning = false,
        }
    }
    text.len()
}

/// Length of a quoted text that starts here, including the quotes.
fn quoted_length(text: &str, quote: char) -> Option<usize> {
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' && quote == '"' {
            letters.next();
        } else if letter == quote
            && letters.next_if(|(_, next)| quote == '\'' && *next == quote).is_none()
        {
            return Some(at + 1);
        }
    }
    None
}
