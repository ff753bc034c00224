//! One field of a form, while it is typed in.

use serde_yaml::Value;

use super::error::BatchError;
use super::expr::{self, Expr};
use super::preview::shown;
use super::values::Values;

/// How many values are shown.
const SHOWN: u64 = 8;

/// What the text of one field stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// How many values; 1 for a plain one.
    pub count: u64,
    /// Whether the text is batch syntax.
    pub is_batch: bool,
    /// Whether it is a zip.
    pub zip: bool,
    /// The first values, and the last one where there are more.
    pub preview: Vec<String>,
}

/// Reads the text of one field. `hint` is the value in the template.
///
/// # Errors
/// When the text is batch syntax that makes no sense; the error names the column, and no key.
pub fn cell(text: &str, hint: Option<&Value>) -> Result<Cell, BatchError> {
    let expr = expr::parse(text, hint)?;
    let is_batch = !matches!(expr, Expr::Literal(_));
    let (values, zip) = Values::of(expr).unwrap_or_else(|value| (Values::List(vec![value]), false));
    let count = values.len();
    let mut preview: Vec<String> = (0..count.min(SHOWN)).map(|at| shown(&values.get(at))).collect();
    if count > SHOWN {
        preview.push("…".to_owned());
        preview.push(shown(&values.get(count - 1)));
    }
    Ok(Cell { count, is_batch, zip, preview })
}
