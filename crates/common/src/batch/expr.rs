//! Parses the text of a value to a syntax tree.

use crate::message::BatchText;
use serde_yaml::Value;

use super::error::BatchError;
use super::quotes::{alternative, unescape, unquote};
use super::range::Range;
use super::sample::Sample;
use super::structure::{Structure, column, structure};
use super::token::lex;

/// The expression represented by the text of a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    /// A single value.
    Literal(Value),
    /// Alternatives, combined with each value of every other parameter.
    Product(Vec<Value>),
    /// Alternatives that vary in parallel with all other zips.
    Zip(Vec<Value>),
    /// Evenly spaced numbers, combined like a product.
    Range(Range),
    /// Random values, which vary in parallel with every other sample.
    Sample(Sample),
}

/// Parses the text of a value. `hint` is the value in the template: if it is text, a time or a
/// ratio stays text.
///
/// # Errors
/// When it is invalid batch syntax; the key is not set.
pub(super) fn parse(text: &str, hint: Option<&Value>) -> Result<Expr, BatchError> {
    if text.trim_end().contains('\n') {
        // Alternatives are never written on several lines, but scripts with pipes are.
        return Ok(Expr::Literal(text.into()));
    }
    if let Some(sample) = Sample::parse(text)? {
        return Ok(Expr::Sample(sample));
    }
    let found = structure(&lex(text), text)?;
    if let Some(pipes) = found.zip_pipes.as_deref().filter(|pipes| !pipes.is_empty()) {
        return Ok(match alternatives(text, inside(text), pipes)? {
            Some(values) => Expr::Zip(values),
            None => literal_value(text),
        });
    }
    if !found.pipes.is_empty() {
        return product(text, &found);
    }
    if !matches!(hint, Some(Value::String(_)))
        && let Some(range) = Range::parse(text)?
    {
        return Ok(Expr::Range(range));
    }
    Ok(literal_value(text))
}

fn product(text: &str, found: &Structure) -> Result<Expr, BatchError> {
    for (start, end) in ranges_between((0, text.len()), &found.pipes) {
        let inner = structure(&lex(&text[start..end]), &text[start..end])?;
        if inner.zip_pipes.is_some_and(|pipes| !pipes.is_empty()) {
            let at = start + text[start..end].find('(').unwrap_or(0);
            return Err(BatchError::at(column(text, at), BatchText::ZipInside, &[]));
        }
        if !matches!(Sample::parse(&text[start..end]), Ok(None)) {
            let at = start + text[start..end].find('~').unwrap_or(0);
            return Err(BatchError::at(column(text, at), BatchText::SampleInside, &[]));
        }
    }
    Ok(match alternatives(text, (0, text.len()), &found.pipes)? {
        Some(values) => Expr::Product(values),
        None => literal_value(text),
    })
}

/// The byte range between the outer parentheses.
fn inside(text: &str) -> (usize, usize) {
    (text.find('(').map_or(0, |at| at + 1), text.rfind(')').unwrap_or(text.len()))
}

/// The byte ranges between separators.
fn ranges_between(whole: (usize, usize), pipes: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    let starts = std::iter::once(whole.0).chain(pipes.iter().map(|at| at + 1));
    starts.zip(pipes.iter().copied().chain([whole.1]))
}

/// The typed alternatives; `None` if all are empty, as in a delimiter `|`.
fn alternatives(
    text: &str,
    whole: (usize, usize),
    pipes: &[usize],
) -> Result<Option<Vec<Value>>, BatchError> {
    let is_empty = |(start, end): (usize, usize)| text[start..end].trim().is_empty();
    if ranges_between(whole, pipes).all(is_empty) {
        return Ok(None);
    }
    if let Some((start, _)) = ranges_between(whole, pipes).find(|piece| is_empty(*piece)) {
        return Err(BatchError::at(column(text, start), BatchText::EmptyAlternative, &[]));
    }
    Ok(Some(
        ranges_between(whole, pipes).map(|(start, end)| alternative(&text[start..end])).collect(),
    ))
}

fn literal_value(text: &str) -> Expr {
    let protected = unquote(text.trim()).filter(|inner| looks_like_batch(inner));
    Expr::Literal(Value::String(protected.unwrap_or_else(|| unescape(text).into_owned())))
}

/// Whether quotes around a text would be needed to protect it.
fn looks_like_batch(text: &str) -> bool {
    text.is_empty()
        || text.contains('|')
        || !matches!(Range::parse(text), Ok(None))
        || !matches!(Sample::parse(text), Ok(None))
        || unquote(text.trim()).is_some()
}
