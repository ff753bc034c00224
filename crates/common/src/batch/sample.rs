//! Random samples, `~log(1e-5, 1e-1) × 20`: the same text always yields the same values.

use crate::message::BatchText;
use serde_yaml::Value;

use super::error::BatchError;
use super::quotes::alternative;
use super::random::{self, Stream};
use super::structure::column;
use super::token::{Kind, Token, lex};
use crate::yaml;

/// The symbols between the closing parenthesis and a count.
const TIMES: [char; 4] = ['×', 'x', 'X', '*'];

/// A sample as written; count and seed are shared by all samples of a grid.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sample {
    pub(super) source: Source,
    /// Number of values, if specified.
    pub(super) count: Option<u64>,
    /// The seed, if specified.
    pub(super) seed: Option<u64>,
}

/// The distribution.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Source {
    /// Uniform between two numbers.
    Uniform(f64, f64),
    /// Log-uniform between two numbers above 0.
    Log(f64, f64),
    /// Normal, with a mean and a standard deviation.
    Normal(f64, f64),
    /// Uniform integers, both ends included.
    Int(i64, i64),
    /// Log-uniform integers from 1 on, both ends included.
    LogInt(i64, i64),
    /// One of these values.
    Choice(Vec<Value>),
}

impl Sample {
    /// Parses a sample; `None` if the text is not `~name(…)` with a known name, optionally with a
    /// count.
    ///
    /// # Errors
    /// When its arguments are invalid.
    pub(super) fn parse(text: &str) -> Result<Option<Self>, BatchError> {
        let Some((name, open)) = parse_name(text) else { return Ok(None) };
        let Some((close, commas)) = parentheses(text, open) else {
            return Err(BatchError::at(column(text, open), BatchText::OpenBracket, &[&'(']));
        };
        let Some(count) = count(text, close + 1)? else { return Ok(None) };
        let starts = std::iter::once(open + 1).chain(commas.iter().map(|at| at + 1));
        let ends = commas.iter().copied().chain([close]);
        let mut arguments: Vec<ArgumentText<'_>> =
            starts.zip(ends).map(|(start, end)| ArgumentText::new(text, start, end)).collect();
        let seed = seed(&mut arguments)?;
        if let Some(empty) = arguments.iter().find(|argument| argument.text.is_empty()) {
            return Err(BatchError::at(empty.column, BatchText::SampleLacks, &[&name]));
        }
        let source = Source::read(name, &arguments, column(text, open))?;
        Ok(Some(Self { source, count: count.0, seed }))
    }
}

/// The name in `~name(`, and the position of the opening parenthesis.
fn parse_name(text: &str) -> Option<(&'static str, usize)> {
    const NAMES: [&str; 6] = ["uniform", "log", "normal", "int", "logint", "choice"];
    let start = text.len() - text.trim_start().len();
    let body = text[start..].strip_prefix('~')?;
    let name = NAMES
        .into_iter()
        .find(|name| body.strip_prefix(name).is_some_and(|remaining| remaining.starts_with('(')))?;
    Some((name, start + 1 + name.len()))
}

/// The position of the closing parenthesis, and those of the commas directly inside.
fn parentheses(text: &str, open: usize) -> Option<(usize, Vec<usize>)> {
    let mut depth = 0_u32;
    let mut commas = Vec::new();
    for Token { kind, text: argument, start } in lex(&text[open..]) {
        match kind {
            Kind::Open => depth += 1,
            Kind::Close if depth == 1 => return Some((open + start, commas)),
            Kind::Close => depth -= 1,
            Kind::Word if depth == 1 => {
                commas.extend(argument.match_indices(',').map(|(at, _)| open + start + at));
            }
            Kind::Word | Kind::Pipe | Kind::Quoted | Kind::Unclosed => {}
        }
    }
    None
}

/// Parses the text after the parenthesis: nothing, or a count. `None` if it is something else,
/// which makes the value a plain text.
fn count(text: &str, from: usize) -> Result<Option<(Option<u64>,)>, BatchError> {
    let remaining = text[from..].trim();
    if remaining.is_empty() {
        return Ok(Some((None,)));
    }
    let Some(number) = remaining.strip_prefix(TIMES) else { return Ok(None) };
    match number.trim().parse() {
        Ok(count) if count > 0 => Ok(Some((Some(count),))),
        _ => {
            let at = from + text[from..].find(TIMES).unwrap_or(0);
            Err(BatchError::at(column(text, at), BatchText::SampleHowMany, &[]))
        }
    }
}

/// Removes `seed=7` from the arguments and returns it.
fn seed(arguments: &mut Vec<ArgumentText<'_>>) -> Result<Option<u64>, BatchError> {
    let is_seed = |argument: &ArgumentText<'_>| {
        argument
            .text
            .strip_prefix("seed")
            .is_some_and(|remaining| remaining.trim_start().starts_with('='))
    };
    let Some(index) = arguments.iter().position(is_seed) else { return Ok(None) };
    let argument = arguments.remove(index);
    let number = argument.text.split_once('=').and_then(|(_, number)| number.trim().parse().ok());
    match number {
        Some(seed) => Ok(Some(seed)),
        None => Err(BatchError::at(argument.column, BatchText::BadSeed, &[])),
    }
}

/// One argument.
struct ArgumentText<'a> {
    text: &'a str,
    column: usize,
}

impl<'a> ArgumentText<'a> {
    fn new(whole: &'a str, start: usize, end: usize) -> Self {
        let text = &whole[start..end];
        let blanks = text.len() - text.trim_start().len();
        Self { text: text.trim(), column: column(whole, start + blanks) }
    }

    fn number(&self) -> Result<f64, BatchError> {
        match yaml::scalar(self.text) {
            Value::Number(number) if number.is_finite() => Ok(number.as_f64().unwrap_or_default()),
            _ => Err(BatchError::at(self.column, BatchText::NotANumber, &[&self.text])),
        }
    }

    fn whole(&self) -> Result<i64, BatchError> {
        yaml::scalar(self.text)
            .as_i64()
            .ok_or_else(|| BatchError::at(self.column, BatchText::NotWhole, &[&self.text]))
    }
}

impl Source {
    fn read(name: &str, arguments: &[ArgumentText<'_>], at: usize) -> Result<Self, BatchError> {
        if name == "choice" {
            return match arguments {
                [] => Err(BatchError::at(at, BatchText::EmptyChoice, &[])),
                _ => Ok(Self::Choice(
                    arguments.iter().map(|argument| alternative(argument.text)).collect(),
                )),
            };
        }
        let [first, second] = arguments else {
            return Err(BatchError::at(at, BatchText::TwoNumbers, &[&name, &example(name)]));
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
                return Err(BatchError::at(second.column, BatchText::BadDeviation, &[]));
            }
            Self::Normal(..) | Self::Choice(_) => (true, true),
        };
        if !is_positive {
            let arguments: [&dyn std::fmt::Display; 2] = [&name, &first.text];
            return Err(BatchError::at(first.column, BatchText::NoLogarithm, &arguments));
        }
        if !is_ordered {
            let arguments: [&dyn std::fmt::Display; 2] = [&first.text, &second.text];
            return Err(BatchError::at(first.column, BatchText::NotOrdered, &arguments));
        }
        Ok(source)
    }

    /// The value at an index of a stream.
    pub(super) fn draw(&self, stream: Stream, index: u64) -> Value {
        match self {
            Self::Uniform(low, high) => {
                random::short(low + (high - low) * stream.unit(index)).clamp(*low, *high).into()
            }
            Self::Log(low, high) => {
                let (from, to) = (low.ln(), high.ln());
                random::short((from + (to - from) * stream.unit(index)).exp())
                    .clamp(*low, *high)
                    .into()
            }
            Self::Normal(mean, deviation) => {
                random::short(mean + deviation * stream.normal(index)).into()
            }
            Self::Int(low, high) => stream.integer(index, *low, *high).into(),
            Self::LogInt(low, high) => stream.log_integer(index, *low, *high).into(),
            Self::Choice(values) => {
                let last = i64::try_from(values.len()).unwrap_or(i64::MAX) - 1;
                let at = usize::try_from(stream.integer(index, 0, last)).unwrap_or_default();
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
