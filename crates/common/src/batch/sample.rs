//! `~log(1e-5, 1e-1) × 20`: values drawn at random, the same ones wherever the same text is read.

use serde_yaml::Value;

use super::error::BatchError;
use super::quotes::alternative;
use super::random::{self, Stream};
use super::structure::column;
use super::token::{Kind, Token, lex};
use crate::yaml;

/// What stands between the closing parenthesis and a count.
const TIMES: [char; 4] = ['×', 'x', 'X', '*'];

/// A sample as it is written; count and seed are shared by all samples of a grid.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sample {
    pub(super) source: Source,
    /// How many values, where it says so.
    pub(super) count: Option<u64>,
    /// Where the draw begins, where it says so.
    pub(super) seed: Option<u64>,
}

/// What is drawn from.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Source {
    /// Evenly between two numbers.
    Uniform(f64, f64),
    /// Evenly between the logarithms of two numbers above 0.
    Log(f64, f64),
    /// Around a mean, with a standard deviation.
    Normal(f64, f64),
    /// Whole numbers, both ends included.
    Int(i64, i64),
    /// Whole numbers from 1 on, evenly between their logarithms, both ends included.
    LogInt(i64, i64),
    /// One of these.
    Choice(Vec<Value>),
}

impl Sample {
    /// Reads a sample; nothing where the text is not `~name(…)`, perhaps with a count, of a name
    /// that is known.
    ///
    /// # Errors
    /// When what it is told makes no sense.
    pub(super) fn parse(text: &str) -> Result<Option<Self>, BatchError> {
        let Some((name, open)) = head(text) else { return Ok(None) };
        let Some((close, commas)) = parentheses(text, open) else {
            return Err(BatchError::at(column(text, open), "this ( is never closed"));
        };
        let Some(count) = count(text, close + 1)? else { return Ok(None) };
        let starts = std::iter::once(open + 1).chain(commas.iter().map(|at| at + 1));
        let ends = commas.iter().copied().chain([close]);
        let mut pieces: Vec<Piece<'_>> =
            starts.zip(ends).map(|(start, end)| Piece::new(text, start, end)).collect();
        let seed = seed(&mut pieces)?;
        if let Some(empty) = pieces.iter().find(|piece| piece.text.is_empty()) {
            let message = format!("~{name}() lacks a value here; write '' for an empty text");
            return Err(BatchError::at(empty.column, message));
        }
        let source = Source::read(name, &pieces, column(text, open))?;
        Ok(Some(Self { source, count: count.0, seed }))
    }
}

/// The name in `~name(`, and where its parenthesis opens.
fn head(text: &str) -> Option<(&'static str, usize)> {
    const NAMES: [&str; 6] = ["uniform", "log", "normal", "int", "logint", "choice"];
    let start = text.len() - text.trim_start().len();
    let body = text[start..].strip_prefix('~')?;
    let name = NAMES
        .into_iter()
        .find(|name| body.strip_prefix(name).is_some_and(|rest| rest.starts_with('(')))?;
    Some((name, start + 1 + name.len()))
}

/// Where a parenthesis is closed, and the commas directly inside it.
fn parentheses(text: &str, open: usize) -> Option<(usize, Vec<usize>)> {
    let mut depth = 0_u32;
    let mut commas = Vec::new();
    for Token { kind, text: piece, start } in lex(&text[open..]) {
        match kind {
            Kind::Open => depth += 1,
            Kind::Close if depth == 1 => return Some((open + start, commas)),
            Kind::Close => depth -= 1,
            Kind::Word if depth == 1 => {
                commas.extend(piece.match_indices(',').map(|(at, _)| open + start + at));
            }
            Kind::Word | Kind::Pipe | Kind::Quoted | Kind::Unclosed => {}
        }
    }
    None
}

/// What follows the parenthesis: nothing, or a count. `None` where it is something else, and so
/// the whole is a text.
fn count(text: &str, from: usize) -> Result<Option<(Option<u64>,)>, BatchError> {
    let rest = text[from..].trim();
    if rest.is_empty() {
        return Ok(Some((None,)));
    }
    let Some(number) = rest.strip_prefix(TIMES) else { return Ok(None) };
    match number.trim().parse() {
        Ok(count) if count > 0 => Ok(Some((Some(count),))),
        _ => {
            let at = from + text[from..].find(TIMES).unwrap_or(0);
            Err(BatchError::at(
                column(text, at),
                "how many values? Write a number above 0, as in × 20",
            ))
        }
    }
}

/// Takes `seed=7` out of the arguments.
fn seed(pieces: &mut Vec<Piece<'_>>) -> Result<Option<u64>, BatchError> {
    let is_seed = |piece: &Piece<'_>| {
        piece.text.strip_prefix("seed").is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let Some(place) = pieces.iter().position(is_seed) else { return Ok(None) };
    let piece = pieces.remove(place);
    let number = piece.text.split_once('=').and_then(|(_, number)| number.trim().parse().ok());
    match number {
        Some(seed) => Ok(Some(seed)),
        None => Err(BatchError::at(piece.column, "a seed is a whole number, 0 or more")),
    }
}

/// One argument.
struct Piece<'a> {
    text: &'a str,
    column: usize,
}

impl<'a> Piece<'a> {
    fn new(whole: &'a str, start: usize, end: usize) -> Self {
        let text = &whole[start..end];
        let blanks = text.len() - text.trim_start().len();
        Self { text: text.trim(), column: column(whole, start + blanks) }
    }

    fn number(&self) -> Result<f64, BatchError> {
        match yaml::scalar(self.text) {
            Value::Number(number) if number.is_finite() => Ok(number.as_f64().unwrap_or_default()),
            _ => Err(BatchError::at(self.column, format!("{} is not a number", self.text))),
        }
    }

    fn whole(&self) -> Result<i64, BatchError> {
        yaml::scalar(self.text).as_i64().ok_or_else(|| {
            BatchError::at(self.column, format!("{} is not a whole number", self.text))
        })
    }
}

impl Source {
    fn read(name: &str, pieces: &[Piece<'_>], at: usize) -> Result<Self, BatchError> {
        if name == "choice" {
            return match pieces {
                [] => Err(BatchError::at(at, "~choice() needs values to choose from")),
                _ => Ok(Self::Choice(pieces.iter().map(|piece| alternative(piece.text)).collect())),
            };
        }
        let [first, second] = pieces else {
            let message = format!("~{name}() takes two numbers, as in ~{}", example(name));
            return Err(BatchError::at(at, message));
        };
        let source = match name {
            "uniform" => Self::Uniform(first.number()?, second.number()?),
            "log" => Self::Log(first.number()?, second.number()?),
            "normal" => Self::Normal(first.number()?, second.number()?),
            "int" => Self::Int(first.whole()?, second.whole()?),
            _ => Self::LogInt(first.whole()?, second.whole()?),
        };
        let (is_ordered, is_positive) = match source {
            Self::Uniform(low, high) => (low <= high, true),
            Self::Log(low, high) => (low <= high, low > 0.0),
            Self::Int(low, high) => (low <= high, true),
            Self::LogInt(low, high) => (low <= high, low > 0),
            Self::Normal(_, deviation) if deviation < 0.0 => {
                return Err(BatchError::at(second.column, "a deviation is 0 or more"));
            }
            Self::Normal(..) | Self::Choice(_) => (true, true),
        };
        if !is_positive {
            let message =
                format!("~{name}() needs numbers above 0: there is no logarithm of {}", first.text);
            return Err(BatchError::at(first.column, message));
        }
        if !is_ordered {
            let message =
                format!("{} is above {}: the lower end comes first", first.text, second.text);
            return Err(BatchError::at(first.column, message));
        }
        Ok(source)
    }

    /// The value at a place of a stream.
    pub(super) fn draw(&self, stream: Stream, place: u64) -> Value {
        match self {
            Self::Uniform(low, high) => {
                random::short(low + (high - low) * stream.unit(place)).clamp(*low, *high).into()
            }
            Self::Log(low, high) => {
                let (from, to) = (low.ln(), high.ln());
                random::short((from + (to - from) * stream.unit(place)).exp())
                    .clamp(*low, *high)
                    .into()
            }
            Self::Normal(mean, deviation) => {
                random::short(mean + deviation * stream.normal(place)).into()
            }
            Self::Int(low, high) => stream.whole(place, *low, *high).into(),
            Self::LogInt(low, high) => stream.log_whole(place, *low, *high).into(),
            Self::Choice(values) => {
                let last = i64::try_from(values.len()).unwrap_or(i64::MAX) - 1;
                let at = usize::try_from(stream.whole(place, 0, last)).unwrap_or_default();
                values.get(at).cloned().unwrap_or_default()
            }
        }
    }
}

fn example(name: &str) -> &'static str {
    match name {
        "uniform" => "uniform(0, 0.5)",
        "log" => "log(1e-5, 1e-1)",
        "normal" => "normal(0, 1)",
        "int" => "int(1, 8)",
        _ => "logint(16, 1024)",
    }
}
