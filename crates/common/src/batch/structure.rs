//! Determines from the tokens which `|` separate alternatives, and matches brackets.

use super::error::BatchError;
use super::token::{Kind, Token};
use crate::message::BatchText;

/// The positions of the separators of a value.
#[derive(Debug, Default)]
pub(super) struct Structure {
    /// Byte offsets of the `|` outside all brackets.
    pub(super) pipes: Vec<usize>,
    /// Byte offsets of the `|` directly inside the outer parentheses, if these enclose the whole
    /// value.
    pub(super) zip_pipes: Option<Vec<usize>>,
}

struct Bracket {
    letter: char,
    start: usize,
    /// Separators directly inside it.
    pipes: Vec<usize>,
    /// Whether there is a separator anywhere inside it.
    holds_pipe: bool,
}

/// Finds the separators.
///
/// # Errors
/// When an unclosed bracket or quote makes a `|` ambiguous. Without a `|` such a value is plain
/// text.
pub(super) fn structure(tokens: &[Token<'_>], text: &str) -> Result<Structure, BatchError> {
    let mut found = Structure::default();
    let mut open: Vec<Bracket> = Vec::new();
    let mut unmatched = None;
    for token in tokens {
        match token.kind {
            Kind::Pipe => {
                open.iter_mut().for_each(|bracket| bracket.holds_pipe = true);
                let inner = open.last_mut().map(|bracket| &mut bracket.pipes);
                inner.unwrap_or(&mut found.pipes).push(token.start);
            }
            Kind::Open => open.push(Bracket {
                letter: token.text.chars().next().unwrap_or('('),
                start: token.start,
                pipes: Vec::new(),
                holds_pipe: false,
            }),
            Kind::Close => match open.pop_if(|bracket| closes(bracket.letter, token.text)) {
                Some(bracket) => {
                    let whole = bracket.letter == '('
                        && text[..bracket.start].trim().is_empty()
                        && text[token.end()..].trim().is_empty();
                    found.zip_pipes = whole.then_some(bracket.pipes);
                }
                None => unmatched = unmatched.or(Some(token)),
            },
            Kind::Unclosed if token.text.contains('|') => {
                return Err(BatchError::at(column(text, token.start), BatchText::OpenQuote, &[]));
            }
            Kind::Unclosed | Kind::Quoted | Kind::Word => {}
        }
    }
    if let Some(bracket) = open.iter().find(|bracket| bracket.holds_pipe) {
        let at = column(text, bracket.start);
        return Err(BatchError::at(at, BatchText::OpenBracket, &[&bracket.letter]));
    }
    match unmatched.filter(|_| !found.pipes.is_empty()) {
        Some(token) => {
            let at = column(text, token.start);
            Err(BatchError::at(at, BatchText::StrayBracket, &[&token.text]))
        }
        None => Ok(found),
    }
}

fn closes(open: char, close: &str) -> bool {
    matches!((open, close), ('(', ")") | ('[', "]") | ('{', "}"))
}

/// Column in characters, from 1, of a byte offset.
pub(super) fn column(text: &str, at: usize) -> usize {
    text[..at].chars().count() + 1
}
