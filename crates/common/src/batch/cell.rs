//! Parses the text of one form field while the user types.

use serde_yaml::Value;

use super::axis::AxisKind;
use super::error::BatchError;
use super::expr::{self, Expr};
use super::preview::display;
use super::random::Stream;
use super::values::{Drawn, Values};

/// Maximum number of displayed values.
const MAX_DISPLAYED: u64 = 8;

/// The values represented by the text of one field.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Number of values; 1 for a plain one, and for a sample without a count.
    pub count: u64,
    /// How its values are combined with those of other fields; `None` for a plain value.
    pub kind: Option<AxisKind>,
    /// The first values, and the last one if there are more.
    pub preview: Vec<String>,
}

/// Parses the text of one field. `hint` is the value in the template.
///
/// # Errors
/// When the text is invalid batch syntax; the error contains the column, and no key.
pub fn cell(text: &str, hint: Option<&Value>) -> Result<Cell, BatchError> {
    let (values, kind) = match expr::parse(text, hint)? {
        Expr::Literal(value) => (Values::List(vec![value]), None),
        Expr::Product(list) => (Values::List(list), Some(AxisKind::Product)),
        Expr::Range(range) => (Values::Range(range), Some(AxisKind::Product)),
        Expr::Zip(list) => (Values::List(list), Some(AxisKind::Zip)),
        Expr::Sample(sample) => {
            let stream = Stream::new(sample.seed.unwrap_or(0), "");
            let len = sample.count.unwrap_or(1);
            let drawn = Drawn { source: sample.source, stream, len };
            (Values::Drawn(drawn), Some(AxisKind::Sample))
        }
    };
    let count = values.len();
    let mut preview: Vec<String> =
        (0..count.min(MAX_DISPLAYED)).map(|at| display(&values.get(at))).collect();
    if count > MAX_DISPLAYED {
        preview.push("…".to_owned());
        preview.push(display(&values.get(count - 1)));
    }
    Ok(Cell { count, kind, preview })
}

impl Cell {
    /// Whether the text is batch syntax.
    #[must_use]
    pub fn is_batch(&self) -> bool {
        self.kind.is_some()
    }
}
