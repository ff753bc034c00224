//! A recursive-descent parser for queries.

mod compare;

use super::expr::{Expr, Name, NumberClass, Query};
use super::token::{Kind, Token, tokens};
use super::{Expected, Found, ListWord, Literal, Operator, Problem, QueryError, Span};
use crate::runs::Column;

/// Maximum nesting depth of parentheses and `not`.
const MAX_DEPTH: usize = 64;
/// Maximum length of the text in bytes.
const MAX_BYTES: usize = 16 * 1024;

type Parsed = Result<Expr, QueryError>;

impl Query {
    /// Parses a text.
    ///
    /// # Errors
    /// The problem and its position.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        if text.len() > MAX_BYTES {
            return Err(QueryError::new(Span::default(), Problem::TooLong(MAX_BYTES)));
        }
        let end = text.chars().count();
        let mut parser =
            Parser { tokens: tokens(text)?, at: 0, end, depth: 0, open: 0, names: Vec::new() };
        if parser.tokens.is_empty() {
            return Ok(Self::default());
        }
        let expr = parser.any()?;
        match parser.peek() {
            None => Ok(Self { names: parser.names, expr: Some(expr) }),
            Some(_) => Err(parser.unexpected(Expected::AndOrEnd)),
        }
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    /// Length of the text, in characters.
    end: usize,
    depth: usize,
    /// Number of open parentheses.
    open: usize,
    names: Vec<Name>,
}

impl Parser {
    fn peek(&self) -> Option<&Kind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    /// Whether the next token is this word.
    fn is_word(&self, expected: &str) -> bool {
        matches!(self.peek(), Some(Kind::Word(word)) if word.eq_ignore_ascii_case(expected))
    }

    fn take(&mut self, expected: &Kind) -> bool {
        let is = self.peek() == Some(expected);
        self.at += usize::from(is);
        is
    }

    fn take_word(&mut self, expected: &str) -> bool {
        let is = self.is_word(expected);
        self.at += usize::from(is);
        is
    }

    /// The position of the next token; the end of the text if there is none.
    fn span(&self) -> Span {
        let end = Span { start: self.end, end: self.end };
        self.tokens.get(self.at).map_or(end, |token| token.span)
    }

    fn unexpected(&self, expected: Expected) -> QueryError {
        let sign = |text: &str| Found::Sign(text.to_owned());
        let found = match self.peek() {
            None => Found::End,
            Some(Kind::Word(word) | Kind::Name(word) | Kind::Text(word)) => {
                Found::Word(word.clone())
            }
            Some(Kind::Operator(operator)) => sign(operator.as_str()),
            Some(Kind::And) => sign("and"),
            Some(Kind::Or) => sign("or"),
            Some(Kind::Not) => sign("not"),
            Some(Kind::Open) => sign("("),
            Some(Kind::Close) if self.open > 0 => sign(")"),
            Some(Kind::Close) => Found::StrayClose,
            Some(Kind::Comma) => sign(","),
        };
        QueryError::new(self.span(), Problem::Expected(expected, found))
    }

    fn any(&mut self) -> Parsed {
        let mut parts = vec![self.all()?];
        while self.take(&Kind::Or) {
            parts.push(self.all()?);
        }
        Ok(joined(parts, Expr::Any))
    }

    fn all(&mut self) -> Parsed {
        let mut parts = vec![self.one()?];
        loop {
            let is_told = self.take(&Kind::And);
            let follows = matches!(
                self.peek(),
                Some(Kind::Word(_) | Kind::Text(_) | Kind::Name(_) | Kind::Not | Kind::Open)
            );
            if !is_told && !follows {
                return Ok(joined(parts, Expr::All));
            }
            parts.push(self.one()?);
        }
    }

    fn one(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(QueryError::new(self.span(), Problem::TooDeep));
        }
        let parsed = if self.take(&Kind::Not) {
            self.one().map(|part| Expr::Not(Box::new(part)))
        } else if self.peek() == Some(&Kind::Open) {
            self.in_parentheses()
        } else {
            self.test()
        };
        self.depth -= 1;
        parsed
    }

    fn in_parentheses(&mut self) -> Parsed {
        let open = self.span();
        self.at += 1;
        self.open += 1;
        let part = self.any()?;
        if self.take(&Kind::Close) {
            self.open -= 1;
            return Ok(part);
        }
        match self.peek() {
            None => Err(QueryError::new(open, Problem::OpenParenthesis)),
            Some(_) => Err(self.unexpected(Expected::AndOrClose)),
        }
    }

    fn test(&mut self) -> Parsed {
        if self.is_word("has") && self.named_after() {
            self.at += 1;
            let name = self.name()?;
            return Ok(Expr::Has(name));
        }
        let Some(token) = self.tokens.get(self.at).cloned() else {
            return Err(self.unexpected(Expected::Condition));
        };
        let (Kind::Word(text) | Kind::Text(text) | Kind::Name(text)) = &token.kind else {
            return Err(self.unexpected(Expected::Condition));
        };
        self.at += 1;
        let is_negated = self.peek() == Some(&Kind::Not)
            && matches!(self.tokens.get(self.at + 1), Some(Token { kind: Kind::Word(word), .. }) if word.eq_ignore_ascii_case("in"));
        match self.peek() {
            Some(Kind::Operator(_)) => self.comparisons(token),
            Some(_) if is_negated || self.is_list() => self.list(&token, is_negated),
            Some(Kind::Word(word)) if word.eq_ignore_ascii_case("is") => self.is_test(&token),
            _ if matches!(token.kind, Kind::Name(_)) => {
                Ok(Expr::Has(self.add_name(text.clone(), token.span)))
            }
            _ => Ok(Expr::Text(text.to_lowercase())),
        }
    }

    /// Whether `has` is followed by a name: otherwise it is a text to search for.
    fn named_after(&self) -> bool {
        let next = self.tokens.get(self.at + 1).map(|token| &token.kind);
        matches!(next, Some(Kind::Word(_) | Kind::Name(_)))
    }

    fn is_list(&self) -> bool {
        let next = self.tokens.get(self.at + 1).map(|token| &token.kind);
        self.is_word("in") && next == Some(&Kind::Open)
    }

    fn list(&mut self, name: &Token, is_negated: bool) -> Parsed {
        let Some(text) = column_of(name, true) else {
            return Err(QueryError::new(name.span, Problem::NoColumnBefore(ListWord::In)));
        };
        let index = self.add_name(text.clone(), name.span);
        self.at += 1 + usize::from(is_negated);
        if !self.take(&Kind::Open) {
            return Err(self.unexpected(Expected::OpenAfterIn));
        }
        self.open += 1;
        let mut values = Vec::new();
        loop {
            match self.tokens.get(self.at) {
                Some(token @ Token { kind: Kind::Word(_) | Kind::Text(_), .. }) => {
                    let token = token.clone();
                    self.at += 1;
                    let token = self.with_units(token);
                    values.push(self.fitting(&text, Operator::Equal, &token)?);
                }
                _ => return Err(self.unexpected(Expected::Value)),
            }
            if self.take(&Kind::Close) {
                self.open -= 1;
                let list = Expr::In(index, values);
                return Ok(if is_negated { Expr::Not(Box::new(list)) } else { list });
            }
            if !self.take(&Kind::Comma) {
                return Err(self.unexpected(Expected::CommaOrClose));
            }
        }
    }

    /// `name is missing`, `name is not nan`.
    fn is_test(&mut self, name: &Token) -> Parsed {
        let Some(text) = column_of(name, true) else {
            return Err(QueryError::new(name.span, Problem::NoColumnBefore(ListWord::Is)));
        };
        let index = self.add_name(text, name.span);
        self.at += 1;
        let is_negated = self.take(&Kind::Not);
        let class = match self.peek() {
            Some(Kind::Word(word)) => NumberClass::parse(word),
            _ => None,
        };
        if let Some(class) = class {
            self.at += 1;
            let is = Expr::IsOfClass(index, class);
            return Ok(if is_negated { Expr::Not(Box::new(is)) } else { is });
        }
        if !["missing", "null", "none", "empty"].iter().any(|word| self.take_word(word)) {
            return Err(self.unexpected(Expected::TestAfterIs));
        }
        let has = Expr::Has(index);
        Ok(if is_negated { has } else { Expr::Not(Box::new(has)) })
    }

    fn name(&mut self) -> Result<usize, QueryError> {
        match self.tokens.get(self.at).cloned() {
            Some(Token { kind: Kind::Word(text) | Kind::Name(text), span }) => {
                self.at += 1;
                Ok(self.add_name(text, span))
            }
            _ => Err(self.unexpected(Expected::Column)),
        }
    }

    fn add_name(&mut self, text: String, span: Span) -> usize {
        self.names.push(Name { text, span });
        self.names.len() - 1
    }
}

/// The column that a token names: on the left any bare word, on the right only a full name.
fn column_of(token: &Token, is_left: bool) -> Option<String> {
    match &token.kind {
        Kind::Name(name) => Some(name.clone()),
        Kind::Word(word) if is_left => {
            matches!(Literal::of_word(word), Literal::Text(_)).then(|| word.clone())
        }
        Kind::Word(word) => {
            let is_full = !matches!(Column::parse(word), None | Some(Column::Fixed(_)));
            is_full.then(|| word.clone())
        }
        _ => None,
    }
}

fn literal(token: &Token) -> Literal {
    match &token.kind {
        Kind::Word(word) => Literal::of_word(word),
        Kind::Text(text) | Kind::Name(text) => Literal::Text(text.clone()),
        _ => Literal::Text(String::new()),
    }
}

fn joined(mut parts: Vec<Expr>, join: impl FnOnce(Vec<Expr>) -> Expr) -> Expr {
    match parts.len() {
        1 => parts.remove(0),
        _ => join(parts),
    }
}
