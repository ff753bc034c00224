//! Writes names, texts and conditions of queries.

use super::expr::{Expr, Query};
use super::token::{Kind, Token, tokens};
use super::value::Literal;
use crate::runs::{Cell, Column};

impl Query {
    /// Appends a condition `column = value` to a text, for example when a cell is clicked.
    #[must_use]
    pub fn with_condition(text: &str, column: &str, value: &Cell) -> String {
        let name = written_name(column);
        let condition = match value {
            Cell::Missing => format!("{name} is missing"),
            Cell::Number(number) if number.is_nan() => format!("{name} is nan"),
            Cell::Text(text) => {
                format!("{name} = {}", written_text(text))
            }
            other => format!("{name} = {other}"),
        };
        let text = text.trim();
        match Self::parse(text) {
            Ok(query) if query.is_empty() => condition,
            Ok(Self { expr: Some(Expr::Any(_)), .. }) => format!("({text}) and {condition}"),
            _ => format!("{text} and {condition}"),
        }
    }
}

/// Words that are not valid as a name or a value without quotes.
fn is_reserved(word: &str) -> bool {
    ["and", "or", "not", "in", "is", "has"].iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// A name as it must be written in a query.
fn written_name(name: &str) -> String {
    let is_plain = matches!(tokens(name).as_deref(), Ok([Token { kind: Kind::Word(_), .. }]))
        && !is_reserved(name)
        && Literal::of_word(name) == Literal::Text(name.to_owned())
        && name.trim() == name;
    if is_plain { name.to_owned() } else { enclosed(name, '`') }
}

/// A text as it must be written in a query.
fn written_text(text: &str) -> String {
    let is_plain = matches!(tokens(text).as_deref(), Ok([Token { kind: Kind::Word(_), .. }]))
        && !is_reserved(text)
        && text.trim() == text
        && Literal::of_word(text) == Literal::Text(text.to_owned())
        && Column::parse(text).is_none();
    if is_plain { text.to_owned() } else { enclosed(text, '"') }
}

fn enclosed(text: &str, quote: char) -> String {
    let mut out = String::from(quote);
    for c in text.chars() {
        if c == quote || c == '\\' {
            out.push('\\');
        }
        out.push(c);
    }
    out.push(quote);
    out
}
