//! Splits a query into tokens.

use super::{Operator, Problem, QueryError, Span};

/// A token with its position.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// Without quotes: a name, a value or a keyword.
    Word(String),
    /// Between quotes: a text.
    Text(String),
    /// Between backticks: a name.
    Name(String),
    Operator(Operator),
    And,
    Or,
    Not,
    Open,
    Close,
    Comma,
}

const SYMBOLS: &str = "()<>=!~,\"'`&|";

/// Splits a text into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let (kind, end) = token(&chars, at, c)?;
        tokens.push(Token { kind, span: Span { start: at, end } });
        at = end;
    }
    Ok(tokens)
}

fn token(chars: &[char], at: usize, c: char) -> Result<(Kind, usize), QueryError> {
    let next = chars.get(at + 1).copied();
    let operator = |operator, len| Ok((Kind::Operator(operator), at + len));
    match (c, next) {
        ('(', _) => Ok((Kind::Open, at + 1)),
        (')', _) => Ok((Kind::Close, at + 1)),
        (',', _) => Ok((Kind::Comma, at + 1)),
        ('<', Some('=')) => operator(Operator::AtMost, 2),
        ('<', Some('>')) | ('!', Some('=')) => operator(Operator::Unequal, 2),
        ('<', _) => operator(Operator::Less, 1),
        ('>', Some('=')) => operator(Operator::AtLeast, 2),
        ('>', _) => operator(Operator::More, 1),
        ('=', Some('=')) => operator(Operator::Equal, 2),
        ('=', Some('~')) => operator(Operator::Contains, 2),
        ('=', _) => operator(Operator::Equal, 1),
        ('!', Some('~')) => operator(Operator::Lacks, 2),
        ('~', _) => operator(Operator::Contains, 1),
        ('!', _) => Ok((Kind::Not, at + 1)),
        ('&', next) => Ok((Kind::And, at + 1 + usize::from(next == Some('&')))),
        ('|', next) => Ok((Kind::Or, at + 1 + usize::from(next == Some('|')))),
        ('"' | '\'' | '`' | '“' | '”' | '„' | '‘' | '’' | '‚', _) => {
            quoted(chars, at, c)
        }
        _ => {
            let is_part = |c: &char| !c.is_whitespace() && !SYMBOLS.contains(*c);
            let word: String = chars[at..].iter().copied().take_while(is_part).collect();
            let end = at + word.chars().count();
            Ok((keyword(&word).unwrap_or(Kind::Word(word)), end))
        }
    }
}

fn keyword(word: &str) -> Option<Kind> {
    match word.to_ascii_lowercase().as_str() {
        "and" => Some(Kind::And),
        "or" => Some(Kind::Or),
        "not" => Some(Kind::Not),
        _ => None,
    }
}

/// Whether a quotation ends here. Mobile keyboards insert curly quotes, and either of them closes.
fn closes(quote: char, c: char) -> bool {
    match quote {
        '“' | '”' | '„' => "“”\"".contains(c),
        '‘' | '’' | '‚' => "‘’'".contains(c),
        plain => c == plain,
    }
}

/// A backslash escapes the next character.
fn quoted(chars: &[char], at: usize, quote: char) -> Result<(Kind, usize), QueryError> {
    let mut text = String::new();
    let mut position = at + 1;
    loop {
        match chars.get(position).copied() {
            None => {
                let span = Span { start: at, end: chars.len() };
                return Err(QueryError::new(span, Problem::OpenQuote(quote)));
            }
            Some(c) if closes(quote, c) => break,
            Some('\\') if chars.get(position + 1).is_some() => {
                text.push(chars[position + 1]);
                position += 2;
            }
            Some(c) => {
                text.push(c);
                position += 1;
            }
        }
    }
    let kind = if quote == '`' { Kind::Name(text) } else { Kind::Text(text) };
    Ok((kind, position + 1))
}
